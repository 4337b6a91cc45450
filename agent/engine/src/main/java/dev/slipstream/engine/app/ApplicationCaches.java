package dev.slipstream.engine.app;

import dev.slipstream.config.CacheMode;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.EntryCodec;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The caches of application code, one {@link ApplicationCache} for each class loader.
 *
 * <p>What an application has in this process is held by those of its classes that use a cache, and
 * by nothing else: it goes with them. Thread-safe.
 */
public final class ApplicationCaches implements AutoCloseable {
  private static final int MOST_LOOK_UPS = 1_000;
  private static final int MOST_COUNTED_INVALIDATIONS = 100;

  private final Settings settings;
  private final Coherence coherence;
  private final Duration longestStay;
  private final InstantSource clock;
  private final ApplicationKeys keys;
  private final Places places;
  private final Background lookUps;
  private final Background counted;
  private final OneByOne joined = new OneByOne();
  private final Duration budget;
  private final ErrorBreaker errors;
  private final CachedMethods methods;
  private final MethodCalls methodCalls;
  private final Counters counters = new Counters();
  private final EntryCodec codec;

  /** Under its own lock, both; the classes hold what the loader leads to weakly. */
  private final WeakHashMap<ClassLoader, WeakReference<ApplicationCache>> byLoader =
      new WeakHashMap<>();

  private final Set<Class<?>> owners = Collections.newSetFromMap(new WeakHashMap<>());

  private volatile boolean closed;

  private final ClassValue<ApplicationCache> byOwner =
      new ClassValue<>() {
        @Override
        protected ApplicationCache computeValue(Class<?> owner) {
          return ofLoader(owner);
        }
      };

  /**
   * Makes what has no caches yet.
   *
   * @param frames what goes to L2 is framed by
   * @param longestStay how long L1 may hold an entry
   */
  public ApplicationCaches(
      Settings settings,
      FrameCodec frames,
      Coherence coherence,
      Duration longestStay,
      AgentLog log,
      ErrorBreaker errors,
      InstantSource clock) {
    this.settings = settings;
    this.codec = new ApplicationEntryCodec(frames);
    this.coherence = coherence;
    this.longestStay = longestStay;
    this.clock = clock;
    this.keys = new ApplicationKeys(settings.cache().keyPrefix());
    this.places = new Places(settings.http().coalescingWaiters());
    this.lookUps = new Background("application-cache", MOST_LOOK_UPS, errors);
    this.counted = new Background("application-invalidation", MOST_COUNTED_INVALIDATIONS, errors);
    this.budget = settings.redis().budget();
    this.errors = errors;
    this.methods = new CachedMethods(log);
    this.methodCalls = new MethodCalls(keys, counters, errors, log);
  }

  private ApplicationCache ofLoader(Class<?> owner) {
    synchronized (byLoader) {
      owners.add(owner);
      ClassLoader loader = owner.getClassLoader();
      WeakReference<ApplicationCache> known = byLoader.get(loader);
      ApplicationCache cache = known == null ? null : known.get();
      if (cache == null) {
        cache = make(loader);
        byLoader.put(loader, new WeakReference<>(cache));
      }
      return cache;
    }
  }

  private ApplicationCache make(@Nullable ClassLoader loader) {
    MemoryTier memory =
        MemoryTier.counting(settings.cache().applicationMaxItems(), longestStay, clock);
    TieredCache cache = new TieredCache(memory, codec, coherence, clock, keys::resourceOf);
    return new ApplicationCache(
        cache,
        new Json(loader),
        new Loads(cache, places, settings.http().coalescingWait().toMillis()),
        counters,
        settings.cache().defaultTtl(),
        clock);
  }

  private ApplicationCache of(Class<?> owner) {
    ApplicationCache cache = byOwner.get(owner);
    if (closed) {
      release(); // this may have come after the other release
    }
    return cache;
  }

  /**
   * Does what {@code dev.slipstream.api} asks: the target is the class that the cache belongs to,
   * then come the operation and its arguments.
   *
   * @return what ends the call; null where nothing is done
   */
  public @Nullable UnaryOperator<@Nullable Throwable> enter(Call call) {
    if (isOff()
        || !(call.target() instanceof Class<?> owner)
        || !(call.first() instanceof String operation)
        || !(call.second() instanceof Object[] arguments)
        || owner.getClassLoader() == null) {
      return null;
    }
    ApplicationCalls calls =
        new ApplicationCalls(of(owner), keys, lookUps, counted, joined, budget, errors);
    return calls.enter(operation, new Arguments(arguments), call);
  }

  /** Where it only observes, the application is not to notice either. */
  private boolean isOff() {
    return closed || settings.cache().mode() == CacheMode.OBSERVE;
  }

  /**
   * Begins a call of a method whose results may be cached: the target is its class, then come its
   * name with the descriptor and its arguments.
   *
   * @return what ends the call; null where nothing is done
   */
  public @Nullable UnaryOperator<@Nullable Throwable> enterMethod(Call call) {
    if (isOff()
        || !(call.target() instanceof Class<?> owner)
        || !(call.first() instanceof String member)
        || !(call.second() instanceof Object[] arguments)) {
      return null;
    }
    CachedMethod method = methods.find(owner, member);
    return method == null ? null : methodCalls.enter(of(owner), method, arguments, call);
  }

  /** Takes other rules for methods from now on; what is stored stays. */
  public void useRules(List<MethodRule> rules) {
    methods.useRules(rules);
  }

  /** What all of them hold and have done. */
  public ApplicationCacheStatistics statistics() {
    return new ApplicationCacheStatistics(
        live().size(),
        sum(ApplicationCache::entries),
        counters.hits.sum(),
        counters.misses.sum(),
        counters.sets.sum(),
        sum(ApplicationCache::evictions),
        counters.loads.sum(),
        counters.failedLoads.sum(),
        sum(ApplicationCache::loadsUnderWay),
        counters.collapsed.sum(),
        counters.alone.sum(),
        counters.keptLocal.sum(),
        counters.refused.sum(),
        counters.unkeyed.sum());
  }

  private long sum(ToLongFunction<ApplicationCache> figure) {
    return live().stream().mapToLong(figure).sum();
  }

  private List<ApplicationCache> live() {
    List<ApplicationCache> live = new ArrayList<>();
    synchronized (byLoader) {
      for (WeakReference<ApplicationCache> reference : byLoader.values()) {
        ApplicationCache cache = reference.get();
        if (cache != null) {
          live.add(cache);
        }
      }
    }
    return live;
  }

  /** Takes what they hold from the applications' classes, which outlive the agent. */
  @Override
  public void close() {
    closed = true;
    lookUps.close();
    counted.close(); // what is left is joined
    joined.close();
    live().forEach(ApplicationCache::clear);
    release();
  }

  private void release() {
    methods.release();
    synchronized (byLoader) {
      owners.forEach(byOwner::remove);
      owners.clear();
      byLoader.clear();
    }
  }
}
