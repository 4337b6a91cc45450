package dev.slipstream.engine.http;

import dev.slipstream.config.Problem;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.config.rules.ParsedRules;
import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.config.rules.RulesSource;
import dev.slipstream.engine.AgentLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Brings the operator's rules, and after them those that come with the agent, into the cache; again
 * whenever the file has changed. A file with anything wrong in it changes nothing.
 */
public final class RuleReloader {
  private final RulesSource source;
  private final Path file;
  private final RuleSet defaults;
  private final HttpCache cache;
  private final Consumer<List<MethodRule>> methods;
  private final AgentLog log;
  private volatile List<Problem> problems = List.of();

  /**
   * Makes a reloader; the cache has the default rules from now on.
   *
   * @param methods takes the rules for methods
   */
  public RuleReloader(
      Settings.Rules settings, HttpCache cache, Consumer<List<MethodRule>> methods, AgentLog log) {
    this.methods = methods;
    this.file = settings.file();
    this.source = new RulesSource(settings.file(), settings.fileGiven());
    this.defaults = settings.defaultsEnabled() ? RulesFile.defaults() : RuleSet.EMPTY;
    this.cache = cache;
    this.log = log;
    cache.useRules(defaults);
  }

  /** Looks at the file; for one thread at a time. */
  public void poll() {
    ParsedRules parsed = source.poll();
    if (parsed == null) {
      return;
    }
    problems = parsed.problems();
    if (parsed.isRejected()) {
      problems.forEach(problem -> log.warn(problem.message()));
      return;
    }
    RuleSet rules = parsed.rules().followedBy(defaults);
    cache.useRules(rules);
    methods.accept(parsed.methods());
    log.info(
        String.format(
            Locale.ROOT,
            "%d cache rules in force, %d of them from %s",
            rules.rules().size(),
            parsed.rules().rules().size(),
            file));
  }

  /** What is wrong in the file as it is now. */
  public List<Problem> problems() {
    return problems;
  }
}
