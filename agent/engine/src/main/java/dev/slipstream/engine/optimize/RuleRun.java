package dev.slipstream.engine.optimize;

import dev.slipstream.config.PerformanceMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one rule: enters, acts, measures, undoes, rolls back, is suspended. Under the
 * optimizer's lock; nothing that the rule throws gets out.
 */
final class RuleRun {
  /** How long what was rolled back is not tried again. */
  static final Duration AFTER_HARM = Duration.ofMinutes(10);

  /** How long what was undone for want of an effect is not tried again. */
  static final Duration AFTER_NO_EFFECT = Duration.ofMinutes(30);

  /** How long a rule that keeps failing is left alone. */
  static final Duration SUSPENSION = Duration.ofHours(1);

  private static final int VERDICTS = 5;
  private static final int MOST_HARMED = 3;
  private static final int MOST_ERRORS = 3;
  private static final long ERRORS_WITHIN_MILLIS = Duration.ofHours(1).toMillis();

  private final OptimizerRule rule;
  private final Level from;
  private final Journal journal;
  private final BiConsumer<String, Throwable> errors;
  private final Map<String, Case> cases = new LinkedHashMap<>();
  private final List<Action> owed = new ArrayList<>();
  private final Set<Action> toldOf = new HashSet<>();
  private final Deque<Verdict> verdicts = new ArrayDeque<>();
  private final Map<Verdict, Long> judged = new EnumMap<>(Verdict.class);
  private final Deque<Long> errorTimes = new ArrayDeque<>();
  private final HourCount enteredLately = new HourCount();
  private boolean enabled = true;
  private @Nullable Long suspendedUntilMillis;
  private String suspendedWhy = "";
  private long entered;
  private long left;
  private long errorCount;
  private long endedMillis;
  private @Nullable Activation last;
  private @Nullable Effect lastEffect;

  private static final class Case {
    private final Trigger trigger;
    private @Nullable Activation activation;

    private Case(Trigger trigger) {
      this.trigger = trigger;
    }
  }

  /**
   * Makes the run of a rule.
   *
   * @param from the first level that has it
   * @param errors is told what a rule throws
   */
  RuleRun(OptimizerRule rule, Level from, Journal journal, BiConsumer<String, Throwable> errors) {
    this.rule = rule;
    this.from = from;
    this.journal = journal;
    this.errors = errors;
  }

  /** Looks at the rule's subjects once. */
  void step(
      Measurements measured,
      List<Measurements> history,
      Level level,
      PerformanceMode mode,
      long now) {
    payDebts(now);
    String idle = whyIdle(level, mode, now);
    if (idle != null) {
      endAll(idle, now);
      cases.clear();
      return;
    }
    List<Reading> readings;
    try {
      readings = new ArrayList<>(rule.readings(measured));
    } catch (Throwable t) {
      failed("reading", t, now);
      return;
    }
    readings.sort(Comparator.comparingDouble(Reading::severity).reversed());
    Set<String> seen = new HashSet<>();
    for (Reading reading : readings) {
      seen.add(reading.subject());
      advance(reading, measured, history, level, mode, now);
    }
    for (String subject : List.copyOf(cases.keySet())) {
      if (!seen.contains(subject)) {
        Reading gone = new Reading(subject, null, Position.UNDER, 0, "not measured");
        advance(gone, measured, history, level, mode, now);
      }
    }
  }

  private @Nullable String whyIdle(Level level, PerformanceMode mode, long now) {
    if (suspendedUntilMillis != null && now >= suspendedUntilMillis) {
      resume();
    }
    if (mode == PerformanceMode.OFF) {
      return "the optimizer is off";
    }
    if (!enabled) {
      return "the rule was disabled";
    }
    if (suspendedUntilMillis != null) {
      return "the rule is suspended: " + suspendedWhy;
    }
    return level.has(from) ? null : "level " + level.text() + " does not have the rule";
  }

  private void advance(
      Reading reading,
      Measurements measured,
      List<Measurements> history,
      Level level,
      PerformanceMode mode,
      long now) {
    Case one = cases.get(reading.subject());
    if (one == null) {
      if (reading.position() != Position.OVER || active() >= level.mostEndpoints()) {
        return;
      }
      one = new Case(new Trigger(rule.timing()));
      cases.put(reading.subject(), one);
    }
    if (!one.trigger.isIn() && active() >= level.mostEndpoints()) {
      return;
    }
    switch (one.trigger.advance(reading.position(), now, level.coolDown())) {
      case ENTER -> enter(one, reading, measured, history, level, mode, now);
      case LEAVE -> {
        Action action = one.activation == null ? null : one.activation.action();
        if (action != null) {
          action.leave();
        }
        end(one, "left: " + reading.because(), now);
      }
      case NONE -> {
        if (one.activation != null) {
          adjust(one, one.activation, reading, now);
        } else if (one.trigger.isIdle(now)) {
          cases.remove(reading.subject());
        }
      }
    }
  }

  private void enter(
      Case one,
      Reading reading,
      Measurements measured,
      List<Measurements> history,
      Level level,
      PerformanceMode mode,
      long now) {
    Activation activation =
        new Activation(
            journal.nextNumber(),
            rule,
            reading,
            mode == PerformanceMode.OBSERVE,
            measured.injected(),
            history,
            now);
    one.activation = activation;
    entered++;
    enteredLately.add(now);
    last = activation;
    if (mode == PerformanceMode.ACT) {
      try {
        activation.did(rule.act(reading, level));
      } catch (Throwable t) {
        journal.began(activation);
        one.trigger.leave(now, level.coolDown());
        end(one, "failed: " + t, now);
        failed("action", t, now);
        return;
      }
    }
    journal.began(activation);
  }

  private void adjust(Case one, Activation activation, Reading reading, long now) {
    Action action = activation.action();
    if (action != null) {
      try {
        action.adjust(reading);
      } catch (Throwable t) {
        one.trigger.leave(now, AFTER_HARM);
        end(one, "failed: " + t, now);
        failed("adjustment", t, now);
      }
    }
  }

  /** Takes a sample for the effects of what is active; called once for each. */
  void measure(Measurements sample, long now) {
    for (Case one : List.copyOf(cases.values())) {
      Activation activation = one.activation;
      Effect effect = activation == null ? null : activation.measure(sample, journal);
      if (activation == null || effect == null) {
        continue;
      }
      take(effect);
      journal.judged(activation);
      if (effect.verdict() == Verdict.HARMED) {
        one.trigger.leave(now, AFTER_HARM);
        end(one, "rolled back: " + effect.why(), now);
        suspendWhereHarmful(now);
      } else if (effect.isInVain() && !rule.staysWithoutEffect()) {
        Action action = activation.action();
        if (action != null) {
          action.inVain();
        }
        one.trigger.leave(now, AFTER_NO_EFFECT);
        end(one, "undone: no effect: " + effect.why(), now);
      }
    }
  }

  private void take(Effect effect) {
    lastEffect = effect;
    judged.merge(effect.verdict(), 1L, Long::sum);
    if (effect.verdict() != Verdict.UNKNOWN) {
      verdicts.addLast(effect.verdict());
      if (verdicts.size() > VERDICTS) {
        verdicts.removeFirst();
      }
    }
  }

  private void suspendWhereHarmful(long now) {
    long harmed = verdicts.stream().filter(verdict -> verdict == Verdict.HARMED).count();
    if (harmed >= MOST_HARMED) {
      suspend(harmed + " of the last " + verdicts.size() + " activations did harm", now);
    }
  }

  private void end(Case one, String how, long now) {
    Activation activation = one.activation;
    if (activation == null) {
      return;
    }
    Action action = activation.action();
    if (action != null) {
      owed.add(action); // first of all: what throws below does not make it forgotten
    }
    one.activation = null;
    left++;
    Effect effect = activation.end(how, now, journal);
    endedMillis += activation.observed() ? 0 : activation.lastedMillis(now);
    payDebts(now);
    if (effect != null) {
      take(effect);
    }
    journal.ended(activation);
  }

  /** Undoes what is to be undone; what cannot be now is tried again at the next step. */
  private void payDebts(long now) {
    for (Action action : List.copyOf(owed)) {
      if (!owed.contains(action)) {
        continue; // undone below a suspension that an error here has brought
      }
      try {
        action.undo();
        owed.remove(action);
        toldOf.remove(action);
      } catch (Throwable t) {
        if (toldOf.add(action)) {
          failed("undo", t, now);
        } else {
          errorCount++; // tried twice a second: told of once, lest it turn the agent off
        }
      }
    }
  }

  private void failed(String what, Throwable error, long now) {
    errorCount++;
    errors.accept("the " + what + " of the rule " + rule.name(), error);
    errorTimes.addLast(now);
    while (errorTimes.size() > MOST_ERRORS) {
      errorTimes.removeFirst();
    }
    if (errorTimes.size() == MOST_ERRORS
        && now - errorTimes.getFirst() <= ERRORS_WITHIN_MILLIS
        && suspendedUntilMillis == null) {
      suspend(MOST_ERRORS + " errors, the last: " + error, now);
    }
  }

  private void suspend(String why, long now) {
    suspendedWhy = why;
    suspendedUntilMillis = now + SUSPENSION.toMillis();
    endAll("the rule is suspended: " + why, now);
  }

  private void resume() {
    suspendedUntilMillis = null;
    suspendedWhy = "";
    verdicts.clear();
    errorTimes.clear();
  }

  /** Undoes all that is active. */
  void endAll(String how, long now) {
    for (Case one : cases.values()) {
      if (one.activation != null) {
        one.trigger.leave(now, Duration.ZERO);
        end(one, how, now);
      }
    }
    payDebts(now);
  }

  /** Allows the rule, or forbids it and undoes what it did. Allowing it ends a suspension. */
  void setEnabled(boolean value, long now) {
    enabled = value;
    if (value) {
      resume();
    } else {
      endAll("the rule was disabled", now);
      cases.clear();
    }
  }

  OptimizerRule rule() {
    return rule;
  }

  Level from() {
    return from;
  }

  boolean isEnabled() {
    return enabled;
  }

  /** Why it is suspended; empty while it is not. */
  String suspendedWhy() {
    return suspendedWhy;
  }

  /** What it is active for. */
  int active() {
    int active = 0;
    for (Case one : cases.values()) {
      active += one.activation == null ? 0 : 1;
    }
    return active;
  }

  boolean isCooling(long now) {
    return cases.values().stream().anyMatch(one -> one.trigger.isCooling(now));
  }

  long entered() {
    return entered;
  }

  long left() {
    return left;
  }

  long errorCount() {
    return errorCount;
  }

  int enteredLastHour(long now) {
    return enteredLately.count(now);
  }

  /** Undos that have failed so far and will be tried again. */
  int owedUndos() {
    return owed.size();
  }

  /** How long it was active in all, observing apart, in milliseconds. */
  long activeMillis(long now) {
    long sum = endedMillis;
    for (Case one : cases.values()) {
      Activation activation = one.activation;
      sum += activation == null || activation.observed() ? 0 : activation.lastedMillis(now);
    }
    return sum;
  }

  @Nullable Activation last() {
    return last;
  }

  @Nullable Effect lastEffect() {
    return lastEffect;
  }

  /** How many activations got each verdict since the start, those that none got with 0. */
  Map<String, Long> judged() {
    Map<String, Long> counts = new TreeMap<>();
    for (Verdict verdict : EnumSet.complementOf(EnumSet.of(Verdict.PENDING))) {
      counts.put(verdict.text(), judged.getOrDefault(verdict, 0L));
    }
    return counts;
  }

  /** The latest verdicts, the oldest first. */
  List<Verdict> verdicts() {
    return List.copyOf(verdicts);
  }
}
