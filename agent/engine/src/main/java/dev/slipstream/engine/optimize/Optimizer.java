package dev.slipstream.engine.optimize;

import dev.slipstream.config.OptimizationLevel;
import dev.slipstream.config.PerformanceMode;
import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.ActivationReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets rules act on what is measured. Thread-safe; ticks come from one thread.
 *
 * <p>A tick never throws. Whatever was done is undone by {@link #close()}, and at the next tick
 * after the agent was turned off.
 */
public final class Optimizer implements AutoCloseable {
  /** The samples that are kept to compare with: those before an activation. */
  private static final int HISTORY = Activation.MEASURED;

  private static final long EFFECTS_WITHIN_MILLIS = Duration.ofHours(1).toMillis();

  private final List<RuleRun> runs = new ArrayList<>();
  private final Journal journal;
  private final BiConsumer<String, Throwable> errors;
  private final BooleanSupplier running;
  private final PerformanceMode mode;
  private final AdaptiveLevel adaptive;
  private final Injections injections = new Injections();
  private final Deque<Measurements> history = new ArrayDeque<>();
  private Remains remains =
      new Remains() {
        @Override
        public void sample(Measurements measured) {}

        @Override
        public void end() {}
      };
  private OptimizationLevel level;
  private Measurements latest = Measurements.at(0).build();
  private long nowMillis;
  private boolean closed;
  private @Nullable String stopped;

  /**
   * Makes an optimizer without rules.
   *
   * @param running whether the agent is on
   * @param listener is told of activations
   * @param errors is told what rules throw
   */
  Optimizer(
      Settings.Performance settings,
      BooleanSupplier running,
      Journal.Listener listener,
      BiConsumer<String, Throwable> errors) {
    this.mode = settings.mode();
    this.level = settings.level();
    this.adaptive = new AdaptiveLevel(Ladder.of(settings));
    this.running = running;
    this.errors = errors;
    this.journal = new Journal((activation, change) -> told(listener, activation, change));
  }

  private void told(Journal.Listener listener, Activation activation, Change change) {
    try {
      listener.tell(activation, change);
    } catch (Throwable t) { // whoever listens does not keep an action from its undo
      errors.accept("telling of an activation", t);
    }
  }

  /** Adds a rule that a level, and those above it, have. */
  synchronized void add(OptimizerRule rule, Level from) {
    runs.add(new RuleRun(rule, from, journal, errors));
  }

  /** What is taken back little by little after rules have left. */
  interface Remains {
    /** Takes some of it back, if it is time for that: once each monitoring interval. */
    void sample(Measurements measured);

    /** Takes back all of it. */
    void end();
  }

  /** Has somebody take back what rules leave to it. */
  synchronized void leaveTo(Remains those) {
    remains = those;
  }

  /** Takes a sample: once each monitoring interval. */
  public synchronized void tick(Measurements measured) {
    nowMillis = measured.atMillis();
    Measurements sample = measured.with(injections.current(nowMillis));
    latest = sample;
    if (!mayRun()) {
      return;
    }
    guarded("what rules have left", () -> remains.sample(sample));
    Level inForce = moveLevel(sample);
    for (RuleRun run : runs) {
      guarded(run, () -> run.measure(sample, nowMillis));
      if (!run.rule().isFast()) {
        step(run, sample, inForce);
      }
    }
    history.addLast(sample);
    if (history.size() > HISTORY) {
      history.removeFirst();
    }
  }

  /** Notes a value of the gateway that is newer than the sample. */
  public synchronized void sees(Metric metric, double value) {
    latest = latest.with(metric, value);
  }

  /** Lets the rules that may not wait look again: each 500 ms. */
  public synchronized void fastTick(long atMillis) {
    nowMillis = Math.max(nowMillis, atMillis);
    if (!mayRun()) {
      return;
    }
    Measurements sample = latest.with(injections.current(nowMillis));
    for (RuleRun run : runs) {
      if (run.rule().isFast()) {
        step(run, sample, levelInForce());
      }
    }
  }

  private boolean mayRun() {
    if (closed) {
      return false;
    }
    if (stopped == null && running.getAsBoolean()) {
      return true;
    }
    endAll(stopped == null ? "the agent is off" : "the optimizer has stopped: " + stopped);
    return false;
  }

  private void endAll(String how) {
    runs.forEach(run -> guarded(run, () -> run.endAll(how, nowMillis)));
    guarded("what rules have left", remains::end);
  }

  private void step(RuleRun run, Measurements sample, Level inForce) {
    List<Measurements> before = new ArrayList<>(history);
    if (before.isEmpty() || before.get(before.size() - 1).atMillis() < sample.atMillis()) {
      before.add(sample);
    }
    guarded(run, () -> run.step(sample, before, inForce, mode, nowMillis));
  }

  private void guarded(RuleRun run, Runnable task) {
    guarded("the rule " + run.rule().name(), task);
  }

  private void guarded(String what, Runnable task) {
    try {
      task.run();
    } catch (Throwable t) { // an Error, too, is this rule's alone
      errors.accept(what, t);
    }
  }

  private Level moveLevel(Measurements sample) {
    int helped = 0;
    int harmed = 0;
    for (Activation activation : journal.all()) {
      Effect effect = activation.effect();
      if (effect != null && nowMillis - activation.beganAtMillis() < EFFECTS_WITHIN_MILLIS) {
        helped += effect.verdict() == Verdict.HELPED ? 1 : 0;
        harmed += effect.verdict() == Verdict.HARMED ? 1 : 0;
      }
    }
    adaptive.advance(sample, helped, harmed, leastLevel());
    return levelInForce();
  }

  /** The lowest level that has what protects the application now. */
  private Level leastLevel() {
    Level least = Level.CONSERVATIVE;
    for (RuleRun run : runs) {
      if (run.rule().isProtective() && run.active() > 0 && run.from().has(least)) {
        least = run.from();
      }
    }
    return least;
  }

  /** The level that goes for the rules now. */
  synchronized Level levelInForce() {
    return level == OptimizationLevel.ADAPTIVE ? adaptive.level() : Level.of(level);
  }

  /** The same, in lower case. */
  public String levelInForceText() {
    return levelInForce().text();
  }

  /** Why the level is what it is. */
  public synchronized String levelReason() {
    return level == OptimizationLevel.ADAPTIVE ? adaptive.why() : "as it was set";
  }

  /** The level that was set. */
  public synchronized OptimizationLevel level() {
    return level;
  }

  /** Sets the level; rules that it does not have undo what they did at their next step. */
  public synchronized void setLevel(OptimizationLevel value) {
    level = value;
  }

  /** Whether it acts. */
  public PerformanceMode mode() {
    return mode;
  }

  /**
   * Makes a metric up for a while, to see what the rules do. It is marked wherever it shows.
   *
   * @param seconds from 1 to 3600
   * @return what was done
   * @throws IllegalArgumentException with what is accepted
   */
  public synchronized String injectMetric(String name, double value, int seconds, long atMillis) {
    return injections.inject(name, value, seconds, atMillis);
  }

  /** What is made up now. */
  public synchronized Map<Metric, Double> injected() {
    return injections.current(nowMillis);
  }

  /** Allows a rule, or forbids it and undoes what it did. */
  public synchronized void setEnabled(String rule, boolean enabled) {
    known(rule).setEnabled(enabled, nowMillis);
  }

  synchronized @Nullable RuleRun run(String rule) {
    for (RuleRun run : runs) {
      if (run.rule().name().equals(rule)) {
        return run;
      }
    }
    return null;
  }

  /** The rules. */
  synchronized List<RuleRun> runs() {
    return List.copyOf(runs);
  }

  /** The latest activations, the newest first. */
  synchronized List<Activation> activations() {
    return journal.all();
  }

  /** What the rules have last looked at. */
  public synchronized Measurements latest() {
    return latest;
  }

  /** The latest activations for JMX, the newest first. */
  public synchronized List<ActivationReport> activationReports() {
    return journal.all().stream().map(one -> Reports.of(one, one.counted())).toList();
  }

  /** How each rule is now. */
  public synchronized List<RuleState> ruleStates() {
    return runs.stream().map(this::state).toList();
  }

  private RuleState state(RuleRun run) {
    return RuleState.of(run, levelInForce(), mode == PerformanceMode.OFF, nowMillis);
  }

  /**
   * How a rule is now.
   *
   * @throws IllegalArgumentException where there is no rule of the name
   */
  public synchronized RuleState ruleState(String name) {
    return state(known(name));
  }

  /** Sets the threshold of a rule; throws where it is out of bounds, with what is accepted. */
  public synchronized void setThreshold(String name, double value) {
    known(name).rule().threshold().set(value);
  }

  private RuleRun known(String name) {
    RuleRun run = run(name);
    if (run == null) {
      throw new IllegalArgumentException("no rule " + name);
    }
    return run;
  }

  /** How much is active now. */
  public synchronized int active() {
    return runs.stream().mapToInt(RuleRun::active).sum();
  }

  /** Activations that began within the last hour. */
  public synchronized int triggeredLastHour() {
    return runs.stream().mapToInt(run -> run.enteredLastHour(nowMillis)).sum();
  }

  /** How long the rule of a name was active in all, in milliseconds; 0 where there is none. */
  public synchronized long activeMillis(String rule) {
    RuleRun run = run(rule);
    return run == null ? 0 : run.activeMillis(nowMillis);
  }

  /** Undoes all that is active; ticks only try again what could not be undone from now on. */
  synchronized void stop(String why, long atMillis) {
    nowMillis = Math.max(nowMillis, atMillis);
    stopped = why;
    endAll("the optimizer has stopped: " + why);
  }

  /** Why it has stopped for good; null while it has not. */
  public synchronized @Nullable String stopped() {
    return stopped;
  }

  /** Undoes all that is active; ticks do nothing from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    endAll("the agent ends");
  }
}
