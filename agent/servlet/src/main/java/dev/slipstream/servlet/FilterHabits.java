package dev.slipstream.servlet;

import dev.slipstream.engine.profile.EndpointPath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one filter was seen to do: for which endpoints it answers itself, and for which it passes
 * requests on.
 *
 * <p>One that once passed an endpoint's request on turns away what it answers there, as a guard
 * does: it is not asked any more, for good. Bounded: of endpoints beyond {@value #MOST_ENDPOINTS}
 * nothing is remembered. Thread-safe.
 */
final class FilterHabits {
  private static final int MOST_ENDPOINTS = 500;
  private static final int LATELY_PASSED = 512;

  /** What is known of a filter and an endpoint. */
  enum Habit {
    UNKNOWN,
    ANSWERS,
    PASSES
  }

  private final String place;
  private final Map<String, Habit> endpoints = new ConcurrentHashMap<>();
  // Hashes of whole paths, written and read without care: a wrong one only means that a path is
  // not asked about.
  private final int[] latelyPassed = new int[LATELY_PASSED];
  private volatile boolean answersSome;
  private volatile boolean passesSome;

  FilterHabits(String place) {
    this.place = place;
  }

  /** What the filter's answers are stored under: no other may give them. */
  String place() {
    return place;
  }

  /** What is known for a request's path. */
  Habit at(String path) {
    int hash = path.hashCode();
    if (latelyPassed[slot(hash)] == hash) {
      return Habit.PASSES;
    }
    if (answersSome && !passesSome) {
      return Habit.ANSWERS;
    }
    Habit habit = endpoints.get(EndpointPath.of(path));
    if (habit == Habit.PASSES) {
      latelyPassed[slot(hash)] = hash;
    }
    if (habit != null) {
      return habit;
    }
    boolean onlyPasses = !answersSome && endpoints.size() >= MOST_ENDPOINTS;
    return onlyPasses ? Habit.PASSES : Habit.UNKNOWN;
  }

  /** It has passed a request on. */
  void passes(String path) {
    int hash = path.hashCode();
    latelyPassed[slot(hash)] = hash;
    note(path, Habit.PASSES);
    passesSome = true;
  }

  /** It has answered a request itself. */
  void answers(String path) {
    note(path, Habit.ANSWERS);
    answersSome = true;
  }

  private void note(String path, Habit seen) {
    String endpoint = EndpointPath.of(path);
    if (endpoints.size() < MOST_ENDPOINTS || endpoints.containsKey(endpoint)) {
      endpoints.merge(endpoint, seen, (before, now) -> before == Habit.PASSES ? before : now);
    }
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 16) & (LATELY_PASSED - 1);
  }
}
