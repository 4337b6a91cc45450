package dev.slipstream.console.targets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways behind a DNS name, which is resolved every 5 s: one for each address. An address
 * that is in the DNS no more is remembered for a while, to say that it is gone. While the name
 * cannot be resolved, those that are known stay.
 */
public final class DiscoveredTargets implements Targets {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveredTargets.class);
  private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(5);
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  /** A bound to threads and connections. */
  private static final int MOST_ADDRESSES = 256;

  private final Discovery discovery;
  private final Question<?> look;
  private final InstantSource clock;
  private final Resolver resolver;
  private final Executor thread;
  private final Map<String, Gateway> gateways = new ConcurrentHashMap<>();
  private final AtomicBoolean resolving = new AtomicBoolean();
  private Instant nextLookup = Instant.MIN;
  private volatile @Nullable String problem;

  /** Finds the addresses of a name; may take long. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  /**
   * Makes a search that has found nothing yet.
   *
   * @param look what a gateway has to answer to be up
   */
  public DiscoveredTargets(Discovery discovery, Question<?> look, InstantSource clock) {
    this(
        discovery,
        look,
        clock,
        InetAddress::getAllByName,
        Executors.newSingleThreadExecutor(ConsoleThreads.named("dns-" + discovery.prefix())));
  }

  DiscoveredTargets(
      Discovery discovery,
      Question<?> look,
      InstantSource clock,
      Resolver resolver,
      Executor thread) {
    this.discovery = discovery;
    this.look = look;
    this.clock = clock;
    this.resolver = resolver;
    this.thread = thread;
  }

  @Override
  public List<Gateway> all() {
    return gateways.values().stream().sorted(Comparator.comparing(Gateway::name)).toList();
  }

  @Override
  public List<String> problems() {
    return Stream.ofNullable(problem).toList();
  }

  @Override
  public void refresh() {
    Instant now = clock.instant();
    if (now.isBefore(nextLookup) || !resolving.compareAndSet(false, true)) {
      return;
    }
    nextLookup = now.plus(BETWEEN_LOOKUPS);
    thread.execute(
        () -> {
          try {
            resolve();
          } finally {
            resolving.set(false);
          }
        });
  }

  private void resolve() {
    try {
      take(
          Arrays.stream(resolver.resolve(discovery.dns()))
              .map(DiscoveredTargets::text)
              .sorted()
              .limit(MOST_ADDRESSES)
              .collect(Collectors.toSet()));
      problem = null;
    } catch (UnknownHostException | RuntimeException e) {
      if (problem == null) {
        LOG.warn("{} cannot be resolved: {}", discovery.dns(), e.toString());
      }
      problem = discovery.dns() + " cannot be resolved";
    }
  }

  private void take(Set<String> addresses) {
    Instant now = clock.instant();
    gateways.forEach(
        (address, gateway) -> {
          boolean there = addresses.contains(address);
          if (!there && !gateway.departed()) {
            gateway.depart("is in the DNS no more");
          } else if (gateway.departed()
              && (there || gateway.state().since().plus(REMEMBERED).isBefore(now))) {
            gateways.remove(address);
          }
        });
    addresses.forEach(address -> gateways.computeIfAbsent(address, this::gateway));
  }

  private Gateway gateway(String address) {
    String name = discovery.prefix() + "-" + address.replace(':', '-');
    ConfiguredTarget target =
        new ConfiguredTarget(
            new TargetAddress(name, address, discovery.port()), discovery.access());
    return new Gateway(name, RmiConnectors.remote(target), look, clock);
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
