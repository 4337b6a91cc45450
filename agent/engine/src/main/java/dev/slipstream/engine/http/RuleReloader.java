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
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final InstantSource clock;
  private volatile List<Problem> problems = List.of();
  private volatile @Nullable InForce inForce;
  private final LongAdder reloads = new LongAdder();
  private final LongAdder failedReloads = new LongAdder();

  /**
   * What came of the file when it was last read without a problem.
   *
   * @param text of the file
   * @param loadedAtMillis when that was, in milliseconds since 1970
   */
  public record InForce(String text, long loadedAtMillis) {}

  /**
   * Makes a reloader; the cache has the default rules from now on.
   *
   * @param methods takes the rules for methods
   */
  public RuleReloader(
      Settings.Rules settings,
      HttpCache cache,
      Consumer<List<MethodRule>> methods,
      AgentLog log,
      InstantSource clock) {
    this.clock = clock;
    this.methods = methods;
    this.file = settings.file();
    this.source = new RulesSource(settings.file(), settings.fileGiven());
    this.defaults = settings.defaultsEnabled() ? RulesFile.defaults() : RuleSet.EMPTY;
    this.cache = cache;
    this.log = log;
    cache.useRules(defaults);
  }

  /** Looks at the file. */
  public synchronized void poll() {
    use(source.poll());
  }

  /** Reads the file, whether it looks changed or not. Returns what is wrong in it. */
  public synchronized List<Problem> reload() {
    use(source.pollAnyway());
    return problems;
  }

  private void use(@Nullable ParsedRules parsed) {
    if (parsed == null) {
      return;
    }
    problems = parsed.problems();
    if (parsed.isRejected()) {
      failedReloads.increment();
      problems.forEach(problem -> log.warn(problem.message()));
      return;
    }
    reloads.increment();
    inForce = new InForce(source.text(), clock.millis());
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

  /** The operator's file. */
  public Path file() {
    return file;
  }

  /** What is in force of it; null while nothing is. */
  public @Nullable InForce inForce() {
    return inForce;
  }

  /** Times that it came into force. */
  public long reloads() {
    return reloads.sum();
  }

  /** Times that it was rejected. */
  public long failedReloads() {
    return failedReloads.sum();
  }

  /** What is wrong in the file as it is now. */
  public List<Problem> problems() {
    return problems;
  }
}
