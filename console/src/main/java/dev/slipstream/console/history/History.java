package dev.slipstream.console.history;

import dev.slipstream.console.performance.EndpointFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last two hours of every gateway, of all of them together, and of their busiest endpoints: a
 * point every 5 s. Thread-safe.
 *
 * <p>A history of a gateway is at most 1,440 points of 84 bytes, 120,960 bytes; there are at most
 * 65, of 64 gateways and of all together: 8 MB. That of an endpoint is at most 1,440 points of 40
 * bytes, 57,600 bytes; there are at most 500: 29 MB. Those are shared out: 100 endpoints each for
 * up to four gateways and for all together, fewer for more gateways. Where there are more gateways
 * within the two hours, histories of those that are gone make room.
 */
public final class History {
  private static final Logger LOG = LoggerFactory.getLogger(History.class);

  /** The time between two points. */
  public static final Duration STEP = Duration.ofSeconds(5);

  /** How long they are kept. */
  public static final Duration LENGTH = Duration.ofHours(2);

  static final int POINTS = (int) LENGTH.dividedBy(STEP);
  private static final int MOST_GATEWAYS = 64;
  private static final int MOST_ENDPOINTS = 100;
  private static final int MOST_ENDPOINTS_IN_ALL = 500;

  /** The name of all gateways together, which no gateway has. */
  private static final String ALL = "";

  private final Map<String, Track> tracks = new HashMap<>();
  private final Map<String, Sample> before = new HashMap<>();
  private boolean told;

  /** The history of a gateway. */
  private static final class Track {
    private final Ring<Figure> points = new Ring<>(Figure.class, POINTS);
    private final Map<String, Ring<Figure.OfEndpoint>> endpoints = new HashMap<>();

    private boolean isOlderThan(long millis) {
      return lastMillis() < millis;
    }

    private long lastMillis() {
      Long last = points.last();
      return last == null ? Long.MIN_VALUE : last;
    }
  }

  /** Adds a point of each gateway that answered, and of these together. */
  synchronized void add(Map<String, Sample> samples, Instant now) {
    long millis = now.toEpochMilli();
    tracks.values().removeIf(track -> track.isOlderThan(millis - LENGTH.toMillis()));
    if (samples.isEmpty()) {
      return;
    }
    int sharing = Math.max(tracks.size(), samples.size() + 1);
    int endpoints = Math.min(MOST_ENDPOINTS, MOST_ENDPOINTS_IN_ALL / sharing);
    List<Change> changes = new ArrayList<>();
    samples.forEach(
        (target, sample) -> {
          Change change = Change.between(before.get(target), sample);
          changes.add(change);
          add(target, List.of(change), millis, endpoints, samples.keySet());
        });
    add(ALL, changes, millis, endpoints, samples.keySet());
    before.putAll(samples);
    before.keySet().retainAll(tracks.keySet());
  }

  private void add(
      String target, List<Change> changes, long millis, int most, Set<String> answering) {
    Track track = tracks.get(target);
    if (track == null) {
      if (tracks.size() > MOST_GATEWAYS && !dropsOldest(answering)) {
        return;
      }
      track = new Track();
      tracks.put(target, track);
    }
    track.points.add(millis, Change.figures(changes));
    addEndpoints(track, changes, millis, most);
  }

  /**
   * Makes room: of those that did not answer now, that of which there was none for longest goes.
   */
  private boolean dropsOldest(Set<String> answering) {
    Optional<String> oldest =
        tracks.entrySet().stream()
            .filter(track -> !track.getKey().equals(ALL) && !answering.contains(track.getKey()))
            .min(Comparator.comparingLong(track -> track.getValue().lastMillis()))
            .map(Map.Entry::getKey);
    if (!told) {
      told = true;
      LOG.warn(
          "there were more than {} gateways within {} h: {}",
          MOST_GATEWAYS,
          LENGTH.toHours(),
          oldest.isPresent()
              ? "the histories of those that are gone are dropped earlier"
              : "some of those that answer have no history");
    }
    oldest.ifPresent(tracks::remove);
    return oldest.isPresent();
  }

  private static void addEndpoints(Track track, List<Change> changes, long millis, int most) {
    List<EndpointFigures> busiest =
        EndpointFigures.each(changes.stream().map(change -> change.now().endpoints()).toList())
            .stream()
            .sorted(Comparator.comparingLong(EndpointFigures::requests).reversed())
            .limit(most)
            .toList();
    Set<String> names = new HashSet<>();
    busiest.forEach(endpoint -> names.add(endpoint.endpoint()));
    track.endpoints.keySet().retainAll(names);
    for (EndpointFigures endpoint : busiest) {
      track
          .endpoints
          .computeIfAbsent(endpoint.endpoint(), name -> new Ring<>(Figure.OfEndpoint.class, POINTS))
          .add(millis, figures(endpoint));
    }
  }

  private static Map<Figure.OfEndpoint, @Nullable Double> figures(EndpointFigures endpoint) {
    Map<Figure.OfEndpoint, @Nullable Double> figures = new EnumMap<>(Figure.OfEndpoint.class);
    figures.put(Figure.OfEndpoint.REQUESTS_PER_SECOND, endpoint.requestsPerSecond());
    figures.put(Figure.OfEndpoint.P50_MS, endpoint.p50Ms());
    figures.put(Figure.OfEndpoint.P95_MS, endpoint.p95Ms());
    figures.put(Figure.OfEndpoint.P99_MS, endpoint.p99Ms());
    figures.put(Figure.OfEndpoint.HITS_P95_MS, endpoint.hits().p95Ms());
    figures.put(Figure.OfEndpoint.MISSES_P95_MS, endpoint.misses().p95Ms());
    figures.put(Figure.OfEndpoint.HIT_RATE, endpoint.hitRate());
    figures.put(Figure.OfEndpoint.ERROR_RATE, endpoint.errorRate());
    return figures;
  }

  /**
   * The points since a time, the oldest first: figures by name, and the time in milliseconds since
   * 1970 as {@code t}.
   *
   * @param target null for all gateways together
   */
  public synchronized List<Map<String, @Nullable Number>> points(
      @Nullable String target, Instant from) {
    Track track = tracks.get(target == null ? ALL : target);
    return track == null ? List.of() : track.points.since(from.toEpochMilli());
  }

  /** The same of an endpoint; empty where it is none of the busiest. */
  public synchronized List<Map<String, @Nullable Number>> endpoint(
      @Nullable String target, String name, Instant from) {
    Track track = tracks.get(target == null ? ALL : target);
    Ring<Figure.OfEndpoint> ring = track == null ? null : track.endpoints.get(name);
    return ring == null ? List.of() : ring.since(from.toEpochMilli());
  }

  /** The greatest value of a figure since a time; null where there is none. */
  public synchronized @Nullable Double greatest(
      @Nullable String target, Figure figure, Instant from) {
    Track track = tracks.get(target == null ? ALL : target);
    return track == null ? null : track.points.greatest(figure, from.toEpochMilli());
  }

  /** Bytes of all numbers that are kept. */
  synchronized long bytes() {
    return tracks.values().stream()
        .mapToLong(
            track ->
                track.points.bytes()
                    + track.endpoints.values().stream().mapToLong(Ring::bytes).sum())
        .sum();
  }
}
