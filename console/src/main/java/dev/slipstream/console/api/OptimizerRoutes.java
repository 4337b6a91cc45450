package dev.slipstream.console.api;

import dev.slipstream.console.performance.OptimizerRules;
import dev.slipstream.console.performance.Performance;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code /api/v1/performance/rules} and {@code /level}: the optimizers' rules, and steering them.
 */
final class OptimizerRoutes {
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");
  private static final int LONGEST_LEVEL = 64;

  private final Selection selection;
  private final Answers answers;

  OptimizerRoutes(Selection selection, Answers answers) {
    this.selection = selection;
    this.answers = answers;
  }

  void add(RoutesConfig routes) {
    Reading.route(routes, "/api/v1/performance/rules", this::rules);
    routes.put("/api/v1/performance/rules/{name}", this::setRule);
    routes.put("/api/v1/performance/level", this::setLevel);
  }

  private void rules(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    Gathered<OptimizerRules> rules = Performance.rules(selection.toRead(query));
    answers.gathered(context, rules, rules.value());
  }

  private void setRule(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    String name = context.pathParam("name");
    JsonBody body = JsonBody.ofChange(context, "enabled", "threshold");
    Boolean enabled = body.flag("enabled");
    Double threshold = body.number("threshold");
    if (enabled == null && threshold == null) {
      throw ProblemException.invalid("neither enabled nor threshold is there to be set");
    }
    List<Gateway> gateways = selection.toChange(query);
    requireKnown(name, gateways);
    Gathered<OptimizerRules> rules = Performance.setRule(gateways, name, enabled, threshold);
    answers.changed(context, rules, rules.value());
  }

  /** Where no gateway answers, the change itself tells why. */
  private static void requireKnown(String name, List<Gateway> gateways) {
    Gathered<OptimizerRules> known = Performance.rules(gateways);
    List<String> names = known.value().rules().stream().map(rule -> rule.name()).toList();
    boolean there = NAME.matcher(name).matches() && names.contains(name);
    if (!there && !known.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              "unknown-rule",
              "There is no such rule",
              404,
              "known are " + names.stream().distinct().toList()));
    }
  }

  private void setLevel(Context context) {
    Query query = Query.of(context, Selection.PARAMETER);
    JsonBody body = JsonBody.ofChange(context, "level");
    String level = Texts.checked("level", body.text("level"), LONGEST_LEVEL);
    Gathered<OptimizerRules> rules = Performance.setLevel(selection.toChange(query), level);
    answers.changed(context, rules, rules.value());
  }
}
