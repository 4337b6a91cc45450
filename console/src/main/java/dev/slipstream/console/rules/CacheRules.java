package dev.slipstream.console.rules;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipstream.config.jmx.LearningMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RuleReport;
import dev.slipstream.config.jmx.RuleTest;
import dev.slipstream.config.jmx.RulesMXBean;
import dev.slipstream.console.merge.Wire;
import dev.slipstream.console.targets.AgentBeans;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import dev.slipstream.console.targets.Question;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/** Reads and tries the cache rules of gateways, all of them at the same time. */
public final class CacheRules {
  private CacheRules() {}

  /**
   * The rules of some gateways.
   *
   * @param rules in their order, by gateway
   * @param files where they come from
   */
  public record Rules(List<Rule> rules, List<RulesFile> files) {
    private static Rules of(List<Part> parts) {
      return new Rules(
          parts.stream().flatMap(part -> part.rules().stream()).toList(),
          parts.stream().map(Part::file).toList());
    }
  }

  /** A rule that is in force at a gateway. */
  public record Rule(String target, @JsonUnwrapped RuleReport rule) {}

  /**
   * The file of a gateway.
   *
   * @param file its name; null where there is none, as is {@code loadedAt}
   * @param lastGoodKept whether it was rejected, and the rules before it are in force
   * @param problems what is wrong in it as it is now
   * @param text it as it is in force
   */
  public record RulesFile(
      String target,
      @Nullable String file,
      @Nullable String loadedAt,
      boolean lastGoodKept,
      long reloads,
      long failedReloads,
      List<String> problems,
      String text) {}

  private record Part(List<Rule> rules, RulesFile file) {
    private static Part from(String target, AgentBeans beans) throws IOException, JMException {
      RulesMXBean bean = beans.read(ObjectNames.RULES, RulesMXBean.class);
      return new Part(
          bean.getRules().stream().map(rule -> new Rule(target, rule)).toList(),
          new RulesFile(
              target,
              Wire.text(bean.getFile()),
              Wire.at(bean.getLoadedAtMillis()),
              bean.isLastGoodKept(),
              bean.getReloads(),
              bean.getFailedReloads(),
              bean.getProblems(),
              bean.getText()));
    }
  }

  /** What is wrong at a gateway. */
  public record Problems(String target, List<String> problems) {}

  /** What a gateway would do with a request. */
  public record Test(String target, @JsonUnwrapped RuleTest test) {}

  /**
   * What a gateway's advisor proposes.
   *
   * @param yaml a file of rules for what was seen of traffic
   * @param current the file as it is in force
   */
  public record Advice(String target, String yaml, String current) {}

  /** Those that are in force. */
  public static Gathered<Rules> inForce(List<Gateway> gateways) {
    return Gathered.of(
        Replies.of(gateways, gateway -> gateway.read(beans -> Part.from(gateway.name(), beans))),
        Rules::of);
  }

  /** What is wrong in a text, by gateway, which may be of different versions. */
  public static Gathered<List<Problems>> validate(List<Gateway> gateways, String yaml) {
    return each(gateways, beans -> rules(beans).validate(yaml), Problems::new);
  }

  /** Has gateways read their files now; what is wrong in each. */
  public static Gathered<List<Problems>> reload(List<Gateway> gateways) {
    List<Reply<List<String>>> replies =
        Replies.of(gateways, gateway -> gateway.change(beans -> rules(beans).reload()));
    return named(replies, Problems::new);
  }

  /** What each would do with a request without header fields. */
  public static Gathered<List<Test>> test(List<Gateway> gateways, String method, String url) {
    return each(gateways, beans -> rules(beans).test(method, url), Test::new);
  }

  /** What the advisor of each proposes. */
  public static Gathered<List<Advice>> advice(List<Gateway> gateways) {
    return each(
        gateways,
        beans ->
            List.of(
                beans.operations(ObjectNames.LEARNING, LearningMXBean.class).advise(),
                beans.read(ObjectNames.RULES, RulesMXBean.class, "Text").getText()),
        (target, texts) -> new Advice(target, texts.get(0), texts.get(1)));
  }

  private static RulesMXBean rules(AgentBeans beans) throws JMException {
    return beans.operations(ObjectNames.RULES, RulesMXBean.class);
  }

  private static <T, R> Gathered<List<R>> each(
      List<Gateway> gateways, Question<T> question, BiFunction<String, T, R> named) {
    List<Reply<T>> replies = Replies.of(gateways, gateway -> gateway.read(question));
    return named(replies, named);
  }

  private static <T, R> Gathered<List<R>> named(
      List<Reply<T>> replies, BiFunction<String, T, R> named) {
    return Gathered.named(
        replies,
        answers -> answers.stream().map(one -> named.apply(one.target(), one.value())).toList());
  }
}
