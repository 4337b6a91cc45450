package dev.slipstream.engine.learn;

import dev.slipstream.config.jmx.EndpointLearning;
import dev.slipstream.config.jmx.ObservedEndpoint;
import dev.slipstream.config.rules.AdaptiveTtl;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RuleMode;
import dev.slipstream.engine.profile.EndpointNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is learned of endpoints, and the freshness lifetimes that follow from it. Thread-safe.
 *
 * <p>Requests only note what they see; {@link #tick} makes something of it, on a thread that no
 * request waits for. After {@value #MOST_ENDPOINTS} endpoints nothing is learned of the rest.
 */
public final class Learning {
  private static final int MOST_ENDPOINTS = 500;

  /** The longest lifetime is so many times the rule's own, where it does not say. */
  private static final int LONGEST_TIMES_TTL = 10;

  private final boolean acting;
  private final Duration defaultTtl;
  private final EndpointNames names;
  private final InstantSource clock;
  private final DoubleSupplier random;
  private final Map<String, Map<String, LearnedEndpoint>> byMethod = new ConcurrentHashMap<>();
  private final AtomicInteger known = new AtomicInteger();
  private final KeyMemory memory = new KeyMemory();
  private volatile int otherGateways;
  private volatile Map<String, @Nullable ChangeEvidence[]> ofOthers = Map.of();
  // Of endpoints that were not asked for here yet.
  private final Map<String, @Nullable ChangeEvidence[]> inherited = new ConcurrentHashMap<>();
  private volatile BooleanSupplier emergency = () -> false;
  private final GhostList ghosts = new GhostList();

  /**
   * Makes one that knows nothing yet.
   *
   * @param acting whether rules with {@code adaptive_ttl} get what was learned
   * @param defaultTtl the lifetime of rules that state none
   * @param random from 0 to 1, by which answers end at different times
   */
  public Learning(
      boolean acting,
      Duration defaultTtl,
      EndpointNames names,
      InstantSource clock,
      DoubleSupplier random) {
    this.acting = acting;
    this.defaultTtl = defaultTtl;
    this.names = names;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Says while there are more important things to do. Then requests are counted and lifetimes given
   * as ever, and nothing new is learned; what was missed only makes intervals longer.
   */
  public void restsWhile(BooleanSupplier emergency) {
    this.emergency = emergency;
  }

  boolean rests() {
    return emergency.getAsBoolean();
  }

  /**
   * Begins to look at an answer of the application.
   *
   * @param method the request's; HEAD counts as GET
   * @return null where nothing is learned of it
   */
  public @Nullable Refetch refetch(String method, String path, @Nullable CacheRule rule) {
    LearnedEndpoint endpoint = endpoint(method, path);
    if (endpoint == null) {
      return null;
    }
    AdaptiveTtl adaptive = rule == null ? null : rule.adaptiveTtl();
    boolean acts = acting && adaptive != null;
    endpoint.ruled(
        rule == null ? "" : rule.name(),
        rule != null && rule.mode() == RuleMode.SERVE,
        limits(rule),
        acts,
        clock.millis());
    boolean probe = endpoint.isVolatile() && endpoint.takeProbe();
    double spread = 0.9 + 0.2 * random.getAsDouble();
    return new Refetch(endpoint, rule, acts ? rule : null, memory, clock, spread, probe, rests());
  }

  private TtlLimits limits(@Nullable CacheRule rule) {
    Duration own = rule == null ? null : rule.ttl();
    long first = Math.max(1, (own == null ? defaultTtl : own).toMillis());
    AdaptiveTtl stated = rule == null ? null : rule.adaptiveTtl();
    AdaptiveTtl bounds = stated == null ? AdaptiveTtl.DEFAULT : stated;
    Duration max = bounds.max();
    long shortest = bounds.min().toMillis();
    long longest = max == null ? LONGEST_TIMES_TTL * first : max.toMillis();
    return new TtlLimits(first, shortest, Math.max(shortest, longest), bounds.staleness());
  }

  /**
   * A request came, and something became of it.
   *
   * @param url what stands for its URL; 0 for nothing that could be compared
   */
  public void asked(String method, String path, int url, Asked what) {
    LearnedEndpoint endpoint = endpoint(method, path);
    if (endpoint != null) {
      long key = url == 0 || rests() ? 0 : BodyHash.mixed(url) | Long.MIN_VALUE;
      endpoint.access().asked(key, what, clock.millis());
    }
  }

  /** A request came that says who is asking, and nothing says that this does not matter. */
  public void credentialed(String method, String path) {
    LearnedEndpoint endpoint = endpoint(method, path);
    if (endpoint != null) {
      endpoint.risk(Risk.CREDENTIALS);
    }
  }

  /** Nothing was stored under a key that was asked for. */
  public void missed(String key) {
    if (!rests()) {
      ghosts.missed(key, clock.millis());
    }
  }

  /** What becomes of a request. */
  public enum Asked {
    /** What is stored answers. */
    HIT,
    /** The same, though it is not fresh any more. */
    STALE_HIT,
    /** The application answers. */
    MISS,
    /** The application answers, and the cache takes no part. */
    BYPASS
  }

  /** L1 had no room for an entry, which would have been fresh until then. */
  public void evicted(String key, long bytes, LongSupplier freshUntilMillis) {
    ghosts.evicted(key, bytes, freshUntilMillis);
  }

  /** What was stored under a key has been invalidated: that counts as a change. */
  public void invalidated(String key) {
    KeyMemory.Seen seen = memory.remove(key);
    if (seen != null) {
      seen.endpoint().told(seen.run(), clock.millis() - seen.atMillis());
    }
  }

  private @Nullable LearnedEndpoint endpoint(String method, String path) {
    String of = method.equals("HEAD") ? "GET" : method;
    Map<String, LearnedEndpoint> ofMethod = byMethod.get(of);
    String name = names.of(path);
    LearnedEndpoint endpoint = ofMethod == null ? null : ofMethod.get(name);
    return endpoint == null ? add(of, name) : endpoint;
  }

  private @Nullable LearnedEndpoint add(String method, String name) {
    if (known.get() >= MOST_ENDPOINTS || method.length() > 20) {
      return null;
    }
    return byMethod
        .computeIfAbsent(method, first -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            name,
            first -> {
              known.incrementAndGet();
              return made(method + ' ' + name);
            });
  }

  private LearnedEndpoint made(String endpoint) {
    LearnedEndpoint made = new LearnedEndpoint(endpoint, limits(null), clock.millis());
    made.others(ofOthers.get(endpoint));
    @Nullable ChangeEvidence @Nullable [] left = inherited.remove(endpoint);
    if (left != null) {
      made.inherit(left);
    }
    return made;
  }

  /** Makes something of what was noted; to be called about once a second. */
  public void tick() {
    long now = clock.millis();
    boolean rests = rests();
    for (LearnedEndpoint endpoint : all()) {
      if (!rests) {
        endpoint.update(now);
      }
      endpoint.access().tick(now);
    }
    if (known.get() >= MOST_ENDPOINTS) {
      forgetIdle(now);
    }
  }

  private void forgetIdle(long now) {
    byMethod
        .values()
        .forEach(
            ofMethod ->
                ofMethod
                    .values()
                    .removeIf(
                        endpoint -> {
                          boolean idle = endpoint.isForgettable(now);
                          if (idle) {
                            known.decrementAndGet();
                          }
                          return idle;
                        }));
  }

  /** All endpoints, the one asked for most first. */
  List<LearnedEndpoint> all() {
    return byMethod.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .sorted(
            Comparator.comparingLong((LearnedEndpoint endpoint) -> -endpoint.access().requests())
                .thenComparing(LearnedEndpoint::name))
        .toList();
  }

  /** One endpoint; null where it is not known. */
  @Nullable LearnedEndpoint named(String endpoint) {
    int blank = endpoint.indexOf(' ');
    Map<String, LearnedEndpoint> ofMethod =
        blank < 0 ? null : byMethod.get(endpoint.substring(0, blank));
    return ofMethod == null ? null : ofMethod.get(endpoint.substring(blank + 1));
  }

  /** Takes what a gateway has seen that is no more; kept until the endpoint is asked for. */
  void inherit(String endpoint, @Nullable ChangeEvidence[] evidence) {
    LearnedEndpoint there = named(endpoint);
    if (there != null) {
      there.inherit(evidence);
    } else if (inherited.size() < MOST_ENDPOINTS) {
      inherited.put(endpoint, evidence);
    }
  }

  /** What is kept of endpoints that were not asked for here yet. */
  Map<String, @Nullable ChangeEvidence[]> inherited() {
    return Map.copyOf(inherited);
  }

  /** Takes what other gateways have seen, in place of what was taken before. */
  void others(Map<String, @Nullable ChangeEvidence[]> evidence, int gateways) {
    otherGateways = gateways;
    ofOthers = Map.copyOf(evidence);
    all().forEach(endpoint -> endpoint.others(evidence.get(endpoint.name())));
  }

  /** Gateways whose evidence counts here, besides this one's. */
  public int otherGateways() {
    return otherGateways;
  }

  /** Observations since the start. */
  long observed() {
    return all().stream().mapToLong(LearnedEndpoint::observedCount).sum();
  }

  /** What is known of each endpoint, the one asked for most first. */
  public List<EndpointLearning> explanations() {
    return all().stream().map(Explanation::of).toList();
  }

  /**
   * What is known of an endpoint, and why its lifetimes are what they are; also where it was not
   * asked for here yet, and other gateways have told of it.
   *
   * @throws IllegalArgumentException if it is not known
   */
  public EndpointLearning explain(String endpoint) {
    EndpointLearning known = known(endpoint);
    if (known == null) {
      throw new IllegalArgumentException(
          "nothing is known of \"" + endpoint + "\"; accepted: a method and a path template");
    }
    return known;
  }

  /** The same; null where it is not known. */
  public @Nullable EndpointLearning known(String endpoint) {
    LearnedEndpoint own = named(endpoint);
    LearnedEndpoint there = own == null ? told(endpoint) : own;
    return there == null ? null : Explanation.of(there);
  }

  /**
   * What speaks against caching an endpoint's answers.
   *
   * @param observed what observe mode has seen of it; null for nothing
   */
  public Caution caution(String endpoint, @Nullable ObservedEndpoint observed) {
    LearnedEndpoint there = named(endpoint);
    return there == null ? Caution.UNKNOWN : RuleAdvisor.caution(there, observed);
  }

  /** What others have told of an endpoint, which takes no place by that; null for nothing. */
  private @Nullable LearnedEndpoint told(String endpoint) {
    @Nullable ChangeEvidence @Nullable [] theirs = ofOthers.get(endpoint);
    @Nullable ChangeEvidence @Nullable [] left = inherited.get(endpoint);
    if (theirs == null && left == null) {
      return null;
    }
    LearnedEndpoint told = new LearnedEndpoint(endpoint, limits(null), clock.millis());
    told.others(theirs);
    if (left != null) {
      told.inherit(left);
    }
    return told;
  }

  /** The application's time that was spared with right answers, as a share; null where thin. */
  public @Nullable Double effectiveness() {
    double spared = 0;
    double all = 0;
    for (LearnedEndpoint endpoint : all()) {
      Double effectiveness = Explanation.effectiveness(endpoint);
      Double missMillis = endpoint.missMillis();
      if (effectiveness != null && missMillis != null) {
        double time = endpoint.access().requests() * missMillis;
        all += time;
        spared += time * effectiveness;
      }
    }
    return all == 0 ? null : spared / all;
  }

  /** What another size of L1, or other lifetimes, would bring. */
  public List<String> tuning(long maxMemoryBytes) {
    return Tuning.of(ghosts, maxMemoryBytes, all());
  }

  /** Rules for what was seen, as a file; {@code observed} is what observe mode has seen. */
  public String advise(List<ObservedEndpoint> observed) {
    return RuleAdvisor.advise(
        all(),
        observed.stream()
            .collect(Collectors.toMap(ObservedEndpoint::endpoint, one -> one, (one, same) -> one)));
  }

  /**
   * Doubles the share of an endpoint's answers that may be stale, up to a cap. Raised by several,
   * it is raised once. Nothing is raised where the rule has no {@code adaptive_ttl}: then its
   * {@code ttl} is a promise.
   *
   * @param endpoint its method and path template
   * @return what undoes it, once, at whatever time
   */
  public Runnable raise(String endpoint) {
    LearnedEndpoint there = named(endpoint);
    if (there == null || !there.isAdaptive()) {
      return () -> {};
    }
    there.raise(1);
    AtomicBoolean undone = new AtomicBoolean();
    return () -> {
      if (!undone.getAndSet(true)) {
        there.raise(-1);
      }
    };
  }
}
