package dev.slipstream.engine.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instants of a server's clock, each with how much this gateway had noted of invalidations before.
 *
 * <p>The position in the log is read first, then the server tells the time. So an invalidation that
 * the server notes later than an instant stands behind that position, in the log of every gateway
 * that hears the others, once it is told: no two clocks are compared. One thread adds, all may ask.
 */
final class Landmarks {
  private static final int GREATEST_COUNT = 256;

  /** Newest last, all of one generation. */
  private volatile List<Landmark> all = List.of();

  private long latestMicros = Long.MIN_VALUE;

  /**
   * What was known at an instant.
   *
   * @param generation in which announcements were heard then
   * @param position in the log
   * @param micros the server's time
   */
  record Landmark(int generation, long position, long micros) {}

  /** Adds one; none while the server's clock is behind what it has said before. */
  void add(int generation, long position, long micros) {
    if (position < 0 || micros <= latestMicros) {
      return;
    }
    latestMicros = micros;
    List<Landmark> before = all;
    Landmark last = before.isEmpty() ? null : before.get(before.size() - 1);
    if (last == null || last.generation() != generation) {
      all = List.of(new Landmark(generation, position, micros));
    } else if (last.position() != position) { // else the earlier one says more
      List<Landmark> after = new ArrayList<>(before.size() + 1);
      for (int i = 0; i < before.size(); i++) {
        // Those between are left out: what was begun there is looked for from an earlier one.
        if (before.size() < GREATEST_COUNT || i % 2 == 0) {
          after.add(before.get(i));
        }
      }
      after.add(new Landmark(generation, position, micros));
      all = List.copyOf(after);
    }
  }

  /** Forgets all: another server answers. */
  void forget() {
    all = List.of();
    latestMicros = Long.MIN_VALUE;
  }

  /** The generation of all of them; 0, which is none, where there are none. */
  int generation() {
    List<Landmark> current = all;
    return current.isEmpty() ? 0 : current.get(0).generation();
  }

  /** The latest that is before an instant of the server's clock, or null. */
  @Nullable Landmark before(long micros) {
    List<Landmark> current = all;
    for (int i = current.size() - 1; i >= 0; i--) {
      if (current.get(i).micros() < micros) {
        return current.get(i);
      }
    }
    return null;
  }
}
