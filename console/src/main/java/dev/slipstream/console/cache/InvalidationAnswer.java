package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.InvalidationReport;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.console.merge.RedisServer;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway says of an invalidation.
 *
 * @param server the address of its Redis; {@code null} where it has none
 */
record InvalidationAnswer(InvalidationReport report, @Nullable String server) {

  /** Has a gateway carry an invalidation out. */
  static InvalidationAnswer from(AgentBeans agent, Invalidation what)
      throws IOException, JMException {
    InvalidationReport report =
        agent
            .operations(ObjectNames.CACHE, CacheMXBean.class)
            .invalidateWith(
                what.tags(),
                what.patterns(),
                what.keys(),
                what.match(),
                what.level(),
                what.soft(),
                what.dryRun(),
                what.reason());
    String server =
        agent
            .readIfPresent(ObjectNames.L2, RedisTierMXBean.class)
            .map(bean -> RedisServer.addressOf(bean.getServer()))
            .orElse(null);
    return new InvalidationAnswer(report, server);
  }

  /**
   * What gateways have found in all: of a Redis that several share, what the one that found most
   * says, and what each has beside it.
   */
  static long found(List<InvalidationAnswer> answers) {
    long own = 0;
    long shared = 0;
    for (List<InvalidationReport> sharing : byServer(answers)) {
      own += CacheStatistics.sum(sharing, report -> report.entries() - report.l2Entries());
      shared += most(sharing, InvalidationReport::l2Entries);
    }
    return own + shared;
  }

  /** The same for a count that says nothing of tiers: the greatest of those that share. */
  static long greatest(List<InvalidationAnswer> answers, ToLongFunction<InvalidationReport> count) {
    return byServer(answers).stream().mapToLong(sharing -> most(sharing, count)).sum();
  }

  /** The same for counts by name. */
  static Map<String, Long> greatestEach(
      List<InvalidationAnswer> answers, Function<InvalidationReport, Map<String, Long>> counts) {
    Map<String, Long> sums = new TreeMap<>();
    for (List<InvalidationReport> sharing : byServer(answers)) {
      Map<String, Long> greatest = new TreeMap<>();
      for (InvalidationReport report : sharing) {
        counts.apply(report).forEach((name, count) -> greatest.merge(name, count, Math::max));
      }
      greatest.forEach((name, count) -> sums.merge(name, count, Long::sum));
    }
    return sums;
  }

  private static long most(
      List<InvalidationReport> sharing, ToLongFunction<InvalidationReport> count) {
    return sharing.stream().mapToLong(count).max().orElse(0);
  }

  private static Collection<List<InvalidationReport>> byServer(List<InvalidationAnswer> answers) {
    Map<Object, List<InvalidationReport>> byServer = new LinkedHashMap<>();
    for (InvalidationAnswer answer : answers) {
      Object server = answer.server() == null ? answer : answer.server();
      byServer.computeIfAbsent(server, same -> new ArrayList<>()).add(answer.report());
    }
    return byServer.values();
  }
}
