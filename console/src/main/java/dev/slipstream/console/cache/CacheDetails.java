package dev.slipstream.console.cache;

import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.merge.Weighted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know of the caches of some gateways together. Counts are since the start; what a
 * Redis says of itself counts once, however many gateways share it.
 *
 * @param l2 null where no gateway has a Redis, as are the two that follow
 * @param outcomes exchanges by how they were answered, hits and misses by cause
 * @param refusals answers that were not stored, by reason
 * @param savedMs time that hits saved, in milliseconds; null before there was a hit and a miss
 * @param savedBytes bytes of bodies that hits sent, as far as known
 * @param staleAnswers exchanges answered with what was stale
 */
public record CacheDetails(
    Memory l1,
    @Nullable Redis l2,
    @Nullable Codec codec,
    @Nullable Coherence coherence,
    @Nullable Application application,
    Map<String, Long> outcomes,
    Map<String, Long> refusals,
    Errors errors,
    @Nullable Double savedMs,
    long savedBytes,
    long staleAnswers) {

  /** L1. */
  public record Memory(
      @Nullable Double hitRate,
      long hits,
      long misses,
      long maxMemoryBytes,
      long memoryUsageBytes,
      long entries,
      long evictions,
      long expirations,
      long removals,
      long replacements,
      long puts) {
    static Memory of(List<Memory> all) {
      long hits = Sums.sum(all, Memory::hits);
      long misses = Sums.sum(all, Memory::misses);
      return new Memory(
          Sums.share(hits, hits + misses),
          hits,
          misses,
          Sums.sum(all, Memory::maxMemoryBytes),
          Sums.sum(all, Memory::memoryUsageBytes),
          Sums.sum(all, Memory::entries),
          Sums.sum(all, Memory::evictions),
          Sums.sum(all, Memory::expirations),
          Sums.sum(all, Memory::removals),
          Sums.sum(all, Memory::replacements),
          Sums.sum(all, Memory::puts));
    }
  }

  /**
   * L2. Times of several gateways are the greatest, which those of all together are not above.
   *
   * @param servers addresses
   * @param connected whether every gateway with a Redis reaches it
   * @param breakerState closed, open or half_open; mixed where gateways differ
   * @param unavailableReason why a gateway does not use it now; null while each does
   * @param topology single, cluster or sentinel
   * @param nodes servers by address, each with the state of its breaker
   */
  public record Redis(
      List<String> servers,
      boolean connected,
      @Nullable Double hitRate,
      long hits,
      long misses,
      @Nullable Long memoryUsageBytes,
      @Nullable Long keys,
      @Nullable Double latencyP50Ms,
      @Nullable Double latencyP95Ms,
      @Nullable Double latencyP99Ms,
      @Nullable String breakerState,
      @Nullable String unavailableReason,
      long breakerOpenings,
      long errors,
      long skippedLookups,
      long bytesRead,
      long bytesWritten,
      long puts,
      long queuedWrites,
      long droppedWrites,
      long refusedWrites,
      long unreadableEntries,
      long pendingInvalidations,
      @Nullable String topology,
      Map<String, String> nodes) {
    static @Nullable Redis of(List<Redis> all) {
      if (all.isEmpty()) {
        return null;
      }
      Map<Object, Redis> servers = new LinkedHashMap<>();
      all.forEach(one -> servers.putIfAbsent(one.servers(), one));
      all.stream()
          .filter(one -> one.memoryUsageBytes() != null)
          .forEach(one -> servers.put(one.servers(), one));
      long hits = Sums.sum(all, Redis::hits);
      long misses = Sums.sum(all, Redis::misses);
      return new Redis(
          all.stream().flatMap(one -> one.servers().stream()).distinct().sorted().toList(),
          all.stream().allMatch(Redis::connected),
          Sums.share(hits, hits + misses),
          hits,
          misses,
          known(servers.values(), Redis::memoryUsageBytes),
          known(servers.values(), Redis::keys),
          Sums.greatest(all, Redis::latencyP50Ms),
          Sums.greatest(all, Redis::latencyP95Ms),
          Sums.greatest(all, Redis::latencyP99Ms),
          Sums.common(texts(all, Redis::breakerState)),
          texts(all, Redis::unavailableReason).stream().findFirst().orElse(null),
          Sums.sum(all, Redis::breakerOpenings),
          Sums.sum(all, Redis::errors),
          Sums.sum(all, Redis::skippedLookups),
          Sums.sum(all, Redis::bytesRead),
          Sums.sum(all, Redis::bytesWritten),
          Sums.sum(all, Redis::puts),
          Sums.sum(all, Redis::queuedWrites),
          Sums.sum(all, Redis::droppedWrites),
          Sums.sum(all, Redis::refusedWrites),
          Sums.sum(all, Redis::unreadableEntries),
          Sums.sum(all, Redis::pendingInvalidations),
          Sums.common(texts(all, Redis::topology)),
          nodes(all));
    }

    private static @Nullable Long known(
        Collection<Redis> all, Function<Redis, @Nullable Long> value) {
      List<Long> known = all.stream().map(value).filter(Objects::nonNull).toList();
      return known.isEmpty() ? null : Long.valueOf(Sums.sum(known, Long::longValue));
    }

    private static List<String> texts(List<Redis> all, Function<Redis, @Nullable String> text) {
      List<String> texts = new ArrayList<>();
      for (Redis one : all) {
        String known = text.apply(one);
        if (known != null) {
          texts.add(known);
        }
      }
      return texts;
    }

    private static Map<String, String> nodes(List<Redis> all) {
      Map<String, String> nodes = new TreeMap<>();
      for (Redis one : all) {
        one.nodes()
            .forEach(
                (node, state) -> nodes.merge(node, state, (a, b) -> a.equals(b) ? a : "mixed"));
      }
      return nodes;
    }
  }

  /**
   * How entries are turned into bytes.
   *
   * @param compressionRatio bytes before for each byte after; null before the first, as are the
   *     means in microseconds
   */
  public record Codec(
      @Nullable Double compressionRatio,
      @Nullable Double encodeMeanUs,
      @Nullable Double decodeMeanUs,
      long encodedEntries,
      long encodedBytesIn,
      long encodedBytesOut,
      long decodedEntries) {
    static @Nullable Codec of(List<Codec> all) {
      return all.isEmpty()
          ? null
          : new Codec(
              Sums.share(
                  Sums.sum(all, Codec::encodedBytesIn), Sums.sum(all, Codec::encodedBytesOut)),
              Weighted.mean(all, Codec::encodeMeanUs, Codec::encodedEntries),
              Weighted.mean(all, Codec::decodeMeanUs, Codec::decodedEntries),
              Sums.sum(all, Codec::encodedEntries),
              Sums.sum(all, Codec::encodedBytesIn),
              Sums.sum(all, Codec::encodedBytesOut),
              Sums.sum(all, Codec::decodedEntries));
    }
  }

  /**
   * What gateways that share a Redis tell each other.
   *
   * @param listening whether each hears the others
   * @param gateways the most that one of them knows of
   * @param missed how often something was, or may have been, missed
   */
  public record Coherence(
      boolean listening, long gateways, long missed, long confirmed, long notConfirmed) {
    static @Nullable Coherence of(List<Coherence> all) {
      return all.isEmpty()
          ? null
          : new Coherence(
              all.stream().allMatch(Coherence::listening),
              all.stream().mapToLong(Coherence::gateways).max().orElse(0),
              Sums.sum(all, Coherence::missed),
              Sums.sum(all, Coherence::confirmed),
              Sums.sum(all, Coherence::notConfirmed));
    }
  }

  /** The caches of application code. */
  public record Application(
      long applications,
      long entries,
      @Nullable Double hitRate,
      long hits,
      long misses,
      long sets,
      long evictions,
      long loads,
      long failedLoads,
      long collapsed) {
    static @Nullable Application of(List<Application> all) {
      if (all.isEmpty()) {
        return null;
      }
      long hits = Sums.sum(all, Application::hits);
      long misses = Sums.sum(all, Application::misses);
      return new Application(
          Sums.sum(all, Application::applications),
          Sums.sum(all, Application::entries),
          Sums.share(hits, hits + misses),
          hits,
          misses,
          Sums.sum(all, Application::sets),
          Sums.sum(all, Application::evictions),
          Sums.sum(all, Application::loads),
          Sums.sum(all, Application::failedLoads),
          Sums.sum(all, Application::collapsed));
    }
  }

  /**
   * What went wrong.
   *
   * @param l2 operations on Redis that failed or ran over their budget
   * @param unreadable entries that could not be read
   * @param agent errors of agents themselves
   */
  public record Errors(long l2, long unreadable, long agent) {}

  static CacheDetails of(List<DetailsReading> readings) {
    List<Redis> tiers = present(readings, DetailsReading::redis);
    return new CacheDetails(
        Memory.of(readings.stream().map(DetailsReading::memory).toList()),
        Redis.of(tiers),
        Codec.of(present(readings, DetailsReading::codec)),
        Coherence.of(present(readings, DetailsReading::coherence)),
        Application.of(present(readings, DetailsReading::application)),
        Sums.byName(readings, one -> one.total().outcomes()),
        Sums.byName(readings, DetailsReading::refusals),
        new Errors(
            Sums.sum(tiers, Redis::errors),
            Sums.sum(tiers, Redis::unreadableEntries),
            Sums.sum(readings, DetailsReading::agentErrors)),
        Sums.known(readings, one -> one.total().savedMillis()),
        Sums.sum(readings, one -> one.total().hitBytes()),
        Sums.sum(readings, one -> one.total().staleAnswers()));
  }

  private static <T> List<T> present(
      List<DetailsReading> readings, Function<DetailsReading, @Nullable T> part) {
    List<T> present = new ArrayList<>();
    for (DetailsReading reading : readings) {
      T one = part.apply(reading);
      if (one != null) {
        present.add(one);
      }
    }
    return present;
  }
}
