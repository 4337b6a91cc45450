package dev.slipstream.console.api;

import dev.slipstream.console.history.Figure;
import dev.slipstream.console.history.History;
import dev.slipstream.console.merge.Wire;
import dev.slipstream.console.performance.ActivationFigures;
import dev.slipstream.console.performance.Advice;
import dev.slipstream.console.performance.EndpointFigures;
import dev.slipstream.console.performance.EndpointSelection;
import dev.slipstream.console.performance.Kpi;
import dev.slipstream.console.performance.MetricTest;
import dev.slipstream.console.performance.Performance;
import dev.slipstream.console.performance.PerformanceReport;
import dev.slipstream.console.performance.PerformanceStatus;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@code /api/v1/performance}: how gateways do, and what should be changed. */
final class PerformanceRoutes {
  private static final int MOST_ENDPOINTS = 500;
  private static final int MOST_ACTIVATIONS = 1_000;
  private static final int LONGEST_SEARCH = 256;
  private static final int LONGEST_TEST_SECONDS = 3_600;
  private static final int LONGEST_LOOK_SECONDS = 60;
  private static final int LOOK_SECONDS = 20;

  private final Selection selection;
  private final Answers answers;
  private final History history;
  private final InstantSource clock;

  PerformanceRoutes(Selection selection, Answers answers, History history, InstantSource clock) {
    this.selection = selection;
    this.history = history;
    this.answers = answers;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/performance/status", this::status);
    Reading.route(routes, "/api/v1/performance/report", this::report);
    Reading.route(routes, "/api/v1/performance/recommendations", this::recommendations);
    Reading.route(routes, "/api/v1/performance/endpoints", this::endpoints);
    Reading.route(routes, "/api/v1/performance/activations", this::activations);
    Reading.route(routes, "/api/v1/performance/kpis", this::kpis);
    routes.post("/api/v1/test/performance", this::test);
  }

  private List<Gateway> gateways(Context context) {
    return selection.toRead(Query.of(context, Selection.PARAMETER));
  }

  private void status(Context context) {
    Gathered<PerformanceStatus> status = Performance.status(gateways(context));
    answers.gathered(context, status, new StatusAnswer(status.value()));
  }

  private void report(Context context) {
    Gathered<PerformanceReport> report = Performance.report(gateways(context));
    answers.gathered(context, report, new ReportAnswer(report.value()));
  }

  private void recommendations(Context context) {
    Gathered<Advice> advice = Performance.recommendations(gateways(context));
    answers.gathered(context, advice, advice.value());
  }

  private void endpoints(Context context) {
    Query query = Query.of(context, "sort", "limit", "search", Selection.PARAMETER);
    EndpointSelection wanted =
        new EndpointSelection(
            query.oneOf("sort", EndpointSelection.Order.REQUESTS, EndpointSelection.Order::label),
            query.integer("limit", 100, 1, MOST_ENDPOINTS),
            query
                .value("search")
                .map(text -> Texts.checked("search", text, LONGEST_SEARCH))
                .orElse(null));
    Gathered<List<EndpointFigures>> endpoints =
        Performance.endpoints(selection.toRead(query), wanted);
    answers.gathered(context, endpoints, new EndpointsAnswer(endpoints.value()));
  }

  private void activations(Context context) {
    Query query = Query.of(context, "limit", Selection.PARAMETER);
    Gathered<List<ActivationFigures>> activations =
        Performance.activations(
            selection.toRead(query), query.integer("limit", 200, 1, MOST_ACTIVATIONS));
    answers.gathered(context, activations, new ActivationsAnswer(activations.value()));
  }

  private void kpis(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    List<Gateway> gateways = selection.toRead(query);
    Double peak =
        history.greatest(
            query.value(Selection.PARAMETER).orElse(null),
            Figure.REQUESTS_PER_SECOND,
            Instant.EPOCH);
    Gathered<List<Kpi>> kpis = Performance.kpis(gateways, peak);
    answers.gathered(context, kpis, new KpisAnswer(kpis.value()));
  }

  private void test(Context context) {
    Query query =
        Query.of(context, "metric", "value", "seconds", "looking", "reason", Selection.PARAMETER);
    int seconds = query.integer("seconds", 30, 1, LONGEST_TEST_SECONDS);
    int looking =
        query.integer("looking", Math.min(seconds, LOOK_SECONDS), 0, LONGEST_LOOK_SECONDS);
    MetricTest test =
        new MetricTest(
            Texts.checked("metric", query.needed("metric"), LONGEST_SEARCH),
            query.number("value"),
            seconds,
            Duration.ofSeconds(looking));
    List<Gateway> gateways = selection.toChange(query);
    String expires = Wire.at(clock.instant().plusSeconds(seconds));
    context.future(
        () ->
            test.run(gateways)
                .thenAccept(
                    triggered ->
                        answers.changed(
                            context,
                            triggered,
                            new TestAnswer(
                                test.metric(), test.value(), expires, triggered.value()))));
  }

  private record StatusAnswer(PerformanceStatus performanceStatus) {}

  private record ReportAnswer(PerformanceReport performanceReport) {}

  private record EndpointsAnswer(List<EndpointFigures> endpoints) {}

  private record ActivationsAnswer(List<ActivationFigures> activations) {}

  private record KpisAnswer(List<Kpi> kpis) {}

  private record TestAnswer(
      String metric, double value, String expiresAt, List<ActivationFigures> triggered) {}
}
