package dev.slipstream.engine.http;

import dev.slipstream.engine.profile.EndpointPath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints answer conditional requests (RFC 9110 §13) by themselves.
 *
 * <p>A cache answers 304 to a client that has what is stored. A resource of JAX-RS evaluates
 * conditions only where its author asked for that: of such an endpoint the cache learns from an
 * answer of the application's own what clients get there, and gives them the same. All other
 * endpoints are taken to evaluate them. Bounded; thread-safe.
 */
final class ConditionHabits {
  private static final int MOST_ENDPOINTS = 500;

  /** What an endpoint makes of conditions. */
  enum Habit {
    EVALUATES,
    IGNORES,
    UNKNOWN
  }

  private final Map<String, Habit> habits = new ConcurrentHashMap<>();

  /** It has to be learned what an endpoint does. */
  void learn(String path) {
    String endpoint = EndpointPath.of(path);
    if (habits.size() < MOST_ENDPOINTS) {
      habits.putIfAbsent(endpoint, Habit.UNKNOWN);
    }
  }

  Habit of(RequestView request) {
    boolean asks =
        !habits.isEmpty()
            && (request.field("If-None-Match") != null
                || request.field("If-Modified-Since") != null);
    return asks
        ? habits.getOrDefault(EndpointPath.of(request.path()), Habit.EVALUATES)
        : Habit.EVALUATES;
  }

  /** The application is asked by a client with conditions; null where nothing is to be learned. */
  @Nullable Trial trial(RequestView request) {
    return of(request) == Habit.UNKNOWN
        ? new Trial(this, EndpointPath.of(request.path()), request.fields())
        : null;
  }

  /** The application's own answer to a conditional request. */
  record Trial(ConditionHabits habits, String endpoint, Fields asked) {
    /** It has answered. */
    void answered(int status, Fields fields) {
      String tag = fields.first("ETag");
      if (status == 304) {
        habits.habits.put(endpoint, Habit.EVALUATES);
      } else if (status == 200 && tag != null && Preconditions.names(asked, tag)) {
        habits.habits.put(endpoint, Habit.IGNORES);
      }
    }
  }
}
