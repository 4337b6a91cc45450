package dev.slipstream.console.api;

import dev.slipstream.console.history.History;
import dev.slipstream.console.performance.EndpointDetail;
import dev.slipstream.console.performance.MetricHistories;
import dev.slipstream.console.performance.Performance;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was over time: of gateways, of an endpoint, and of what the system used. */
final class HistoryRoutes {
  private static final int HOUR_SECONDS = 3_600;
  private static final int TEN_MINUTES_SECONDS = 600;
  private static final int DAY_SECONDS = 24 * HOUR_SECONDS;
  private static final int LONGEST_SECONDS = (int) History.LENGTH.toSeconds();
  private static final int LONGEST_NAME = 1_024;
  private static final int MOST_METRICS = 30;

  private final Selection selection;
  private final Answers answers;
  private final History history;
  private final InstantSource clock;

  HistoryRoutes(Selection selection, Answers answers, History history, InstantSource clock) {
    this.selection = selection;
    this.answers = answers;
    this.history = history;
    this.clock = clock;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/history", this::points);
    Reading.route(routes, "/api/v1/performance/endpoint", this::endpoint);
    Reading.route(routes, "/api/v1/performance/history", this::metrics);
    Reading.route(routes, "/api/v1/learning/ttl", this::learning);
  }

  private Instant from(Query query) {
    return clock.instant().minusSeconds(query.integer("seconds", HOUR_SECONDS, 1, LONGEST_SECONDS));
  }

  private void points(Context context) {
    Query query = Query.of(context, "seconds", Selection.PARAMETER);
    List<Gateway> gateways = selection.toRead(query);
    String target = query.value(Selection.PARAMETER).orElse(null);
    answers.json(
        context,
        200,
        new PointsAnswer(
            History.STEP.toMillis(),
            history.points(target, from(query)),
            gateways.stream().map(TargetLine::of).toList()));
  }

  private void endpoint(Context context) {
    Query query = Query.of(context, "name", "seconds", Selection.PARAMETER);
    String name = Texts.checked("name", query.needed("name"), LONGEST_NAME);
    Instant from = from(query);
    Gathered<EndpointDetail> detail = Performance.endpoint(selection.toRead(query), name);
    EndpointDetail found = detail.value();
    if (found.endpoint() == null && !detail.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              "unknown-endpoint",
              "There is no such endpoint",
              404,
              "no gateway that answered has had an exchange of " + name));
    }
    answers.gathered(
        context,
        detail,
        found,
        new EndpointHistoryAnswer(
            history.endpoint(query.value(Selection.PARAMETER).orElse(null), name, from)));
  }

  private void metrics(Context context) {
    Query query = Query.of(context, "metrics", "seconds", Selection.PARAMETER);
    List<Gateway> gateways = selection.present(query);
    if (gateways.size() > 1) {
      throw new ProblemException(
          Problem.of(
              "target-needed",
              "A gateway has to be named",
              400,
              "target has to be one of " + gateways.stream().map(Gateway::name).toList()));
    }
    List<String> metrics =
        Arrays.stream(
                Texts.checked("metrics", query.value("metrics").orElse("cpu,memory"), LONGEST_NAME)
                    .split(",", -1))
            .map(String::strip)
            .distinct()
            .toList();
    if (metrics.size() > MOST_METRICS) {
      throw ProblemException.invalid("metrics are more than " + MOST_METRICS);
    }
    Gathered<Map<String, MetricHistories.OfMetric>> histories =
        Performance.histories(
            gateways.get(0),
            metrics,
            query.integer("seconds", TEN_MINUTES_SECONDS, 1, DAY_SECONDS));
    answers.gathered(context, histories, new MetricsAnswer(histories.value()));
  }

  private void learning(Context context) {
    Query query = Query.of(context, "endpoint", Selection.PARAMETER);
    Gathered<List<EndpointDetail.Learned>> learned =
        Performance.learned(
            selection.toRead(query),
            query
                .value("endpoint")
                .map(name -> Texts.checked("endpoint", name, LONGEST_NAME))
                .orElse(null));
    answers.gathered(context, learned, new LearningAnswer(learned.value()));
  }

  private record PointsAnswer(
      long stepMs, List<Map<String, @Nullable Number>> points, List<TargetLine> targets) {}

  private record EndpointHistoryAnswer(List<Map<String, @Nullable Number>> history) {}

  private record MetricsAnswer(Map<String, MetricHistories.OfMetric> history) {}

  private record LearningAnswer(List<EndpointDetail.Learned> explanations) {}
}
