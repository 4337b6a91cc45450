package dev.slipstream.engine.optimize;

import java.time.Duration;

/** How often something happened in the last hour, to within a minute. Not thread-safe. */
final class HourCount {
  private static final int MINUTES = 60;
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final int[] counts = new int[MINUTES];
  private final long[] minutes = new long[MINUTES];

  void add(long nowMillis) {
    long minute = nowMillis / MINUTE_MILLIS;
    int index = (int) (minute % MINUTES);
    if (minutes[index] != minute) {
      minutes[index] = minute;
      counts[index] = 0;
    }
    counts[index]++;
  }

  int count(long nowMillis) {
    long minute = nowMillis / MINUTE_MILLIS;
    int count = 0;
    for (int i = 0; i < MINUTES; i++) {
      count += minute - minutes[i] < MINUTES ? counts[i] : 0;
    }
    return count;
  }
}
