package dev.slipstream.console.api;

import dev.slipstream.console.rules.CacheRules;
import dev.slipstream.console.targets.Gathered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;

/** {@code /api/v1/rules}: the cache rules in force, and trying others. */
final class RulesRoutes {
  private static final int LONGEST_METHOD = 20;
  private static final int LONGEST_URL = 8_192;

  private final Selection selection;
  private final Answers answers;

  RulesRoutes(Selection selection, Answers answers) {
    this.selection = selection;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/rules", this::rules);
    Reading.route(routes, "/api/v1/rules/test", this::test);
    Reading.route(routes, "/api/v1/rules/advice", this::advice);
    routes.post("/api/v1/rules/validate", this::validate);
    routes.post("/api/v1/rules/reload", this::reload);
  }

  private void rules(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    Gathered<CacheRules.Rules> rules = CacheRules.inForce(selection.toRead(query));
    answers.gathered(context, rules, rules.value());
  }

  private void test(Context context) {
    Query query = Query.of(context, "method", "url", Selection.PARAMETER);
    Gathered<List<CacheRules.Test>> tests =
        CacheRules.test(
            selection.toRead(query),
            Texts.checked("method", query.value("method").orElse("GET"), LONGEST_METHOD),
            Texts.checked("url", query.needed("url"), LONGEST_URL));
    answers.gathered(context, tests, new TestsAnswer(tests.value()));
  }

  private void advice(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    Gathered<List<CacheRules.Advice>> advice = CacheRules.advice(selection.toRead(query));
    answers.gathered(context, advice, new AdviceAnswer(advice.value()));
  }

  private void validate(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    String yaml = JsonBody.of(RequestBody.json(context), Set.of("yaml")).text("yaml");
    Gathered<List<CacheRules.Problems>> found = CacheRules.validate(selection.toRead(query), yaml);
    List<String> problems =
        found.value().stream().flatMap(one -> one.problems().stream()).distinct().toList();
    answers.gathered(context, found, new ValidAnswer(problems.isEmpty(), problems));
  }

  private void reload(Context context) {
    Query query = Query.of(context, "reason", Selection.PARAMETER);
    Gathered<List<CacheRules.Problems>> reloaded = CacheRules.reload(selection.toChange(query));
    answers.changed(context, reloaded, new ReloadAnswer(reloaded.value()));
  }

  private record TestsAnswer(List<CacheRules.Test> tests) {}

  private record AdviceAnswer(List<CacheRules.Advice> advice) {}

  private record ValidAnswer(boolean valid, List<String> problems) {}

  private record ReloadAnswer(List<CacheRules.Problems> reloads) {}
}
