package dev.slipstream.engine.optimize;

import dev.slipstream.engine.http.EndpointTerms;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code low_hit_rate}: stops to store where hardly anything is found again over many look-ups in
 * ten minutes, and tries again after half an hour.
 */
final class LowHitRateRule extends BasicRule {
  static final int LEAST_LOOKUPS = 1_000;
  private static final long WINDOW_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final long MARK_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long STOPPED_MILLIS = Duration.ofMinutes(30).toMillis();

  private record Mark(long atMillis, long lookups, long hits) {}

  private final EndpointTerms terms;
  private final Map<String, Deque<Mark>> marks = new HashMap<>();
  private final Map<String, Long> stoppedAtMillis = new HashMap<>();
  private long nowMillis;

  LowHitRateRule(EndpointTerms terms) {
    super(
        "low_hit_rate",
        new Threshold(1, "percent of look-ups", 0, 50),
        Metric.MEAN,
        "stop to store the endpoint's answers for half an hour");
    this.terms = terms;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    nowMillis = measured.atMillis();
    marks.keySet().retainAll(measured.endpoints().keySet());
    List<Reading> readings = new ArrayList<>();
    for (EndpointFigures figures : measured.endpoints().values()) {
      Long stopped = stoppedAtMillis.get(figures.endpoint());
      readings.add(stopped == null ? read(figures) : wait(figures.endpoint(), stopped));
    }
    for (String gone : Set.copyOf(stoppedAtMillis.keySet())) {
      if (!measured.endpoints().containsKey(gone)) {
        readings.add(wait(gone, stoppedAtMillis.getOrDefault(gone, 0L)));
      }
    }
    return readings;
  }

  private Reading read(EndpointFigures figures) {
    Deque<Mark> past = marks.computeIfAbsent(figures.endpoint(), first -> new ArrayDeque<>());
    if (past.isEmpty() || nowMillis - past.getLast().atMillis() >= MARK_MILLIS) {
      past.addLast(new Mark(nowMillis, figures.lookups(), figures.hits()));
    }
    while (past.size() > 1 && nowMillis - secondOf(past).atMillis() >= WINDOW_MILLIS) {
      past.removeFirst();
    }
    Mark from = past.getFirst();
    long lookups = figures.lookups() - from.lookups();
    long hits = figures.hits() - from.hits();
    if (lookups < LEAST_LOOKUPS || nowMillis - from.atMillis() < WINDOW_MILLIS) {
      return new Reading(figures.endpoint(), null, Position.UNDER, 0, "too little was seen");
    }
    double percent = 100.0 * hits / lookups;
    String because =
        String.format(
            Locale.ROOT,
            "%d of %d look-ups in 10 min found something, threshold %s %%",
            hits,
            lookups,
            Threshold.number(threshold().enter()));
    Position position = percent < threshold().enter() ? Position.OVER : Position.UNDER;
    return new Reading(figures.endpoint(), percent, position, 0, because);
  }

  private static Mark secondOf(Deque<Mark> past) {
    var marks = past.iterator();
    marks.next();
    return marks.next();
  }

  /** While nothing is stored there is no hit rate: time decides. */
  private Reading wait(String endpoint, long stopped) {
    boolean over = nowMillis - stopped >= STOPPED_MILLIS;
    return new Reading(
        endpoint,
        null,
        over ? Position.UNDER : Position.BETWEEN,
        0,
        over ? "half an hour is over: tried again" : "not stored for half an hour");
  }

  @Override
  public Action act(Reading reading, Level limits) {
    String endpoint = reading.subject();
    stoppedAtMillis.put(endpoint, nowMillis);
    marks.remove(endpoint); // it is judged by what comes after
    terms.change(endpoint, now -> now.withStored(false));
    return Action.of(
        "answers not stored for half an hour",
        () -> {
          terms.change(endpoint, now -> now.withStored(true));
          stoppedAtMillis.remove(endpoint);
        });
  }

  @Override
  public Duration settles() {
    return Duration.ofMinutes(1);
  }
}
