package dev.slipstream.engine;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.Budget;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.app.ApplicationCaches;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.MemoryTierStatistics;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.flight.Flight;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.http.RuleReloader;
import dev.slipstream.engine.learn.SharedEvidence;
import dev.slipstream.engine.monitor.Metric;
import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.optimize.Optimization;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.redis.RedisTier;
import dev.slipstream.engine.redis.SharedSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the engine, made once and tied together.
 *
 * <p>One daemon thread does what no request may wait for. Another measures the system: a file
 * system that hangs holds up nothing else.
 */
public final class Engine implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration RULES_POLL = Duration.ofSeconds(2);
  private static final Duration FIRST_EVIDENCE = Duration.ofSeconds(3);
  private static final Duration EVIDENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_SAMPLE = Duration.ofSeconds(2); // the gateway is starting
  private static final Duration UNLIMITED_STAY = Duration.ofDays(36_500);

  private final Settings settings;
  private final AgentLog log;
  private final ErrorBreaker errors;
  private final FrameCodec frames;
  private final Coherence coherence;
  private final TieredCache cache;
  private final HttpCache httpCache;
  private final ApplicationCaches applicationCaches;
  private final Endpoints endpoints;
  private final Flight flight = new Flight();
  private final UntoldEnds untoldEnds = new UntoldEnds();
  private final RuleReloader ruleReloader;
  private final InstantSource clock;
  private final SystemMonitor systemMonitor = new SystemMonitor(System::nanoTime);
  private final ScheduledThreadPoolExecutor housekeeping;
  private final ScheduledThreadPoolExecutor monitoring;
  private final ScheduledThreadPoolExecutor optimizing;
  private final ScheduledThreadPoolExecutor sharing; // waits for Redis: has a thread with it only
  private final Optimization optimization;
  private volatile Consumer<List<MethodRule>> methodsChanged = methods -> {};

  /** Makes an engine; nothing of it runs yet. */
  public Engine(Settings settings, AgentLog log, ErrorBreaker errors, InstantSource clock) {
    this.settings = settings;
    this.log = log;
    this.errors = errors;
    this.clock = clock;
    this.housekeeping = executor("housekeeping");
    this.monitoring = executor("monitoring");
    this.optimizing = executor("optimizer");
    this.sharing = executor("sharing");
    RedisTier redis =
        settings.redis().url() == null
            ? null
            : new RedisTier(
                settings.redis(), settings.cache().keyPrefix(), log, System::nanoTime, clock);
    MemoryTier memory =
        new MemoryTier(
            settings.cache().maxMemoryBytes(),
            settings.cache().maxItems(),
            redis == null ? UNLIMITED_STAY : settings.redis().maxStaleness(),
            clock);
    this.frames = FrameCodec.of(settings.cache());
    this.coherence = new Coherence(redis, clock, System::nanoTime);
    this.cache = HttpCache.tiers(settings, memory, frames, coherence, clock);
    String given = settings.http().identitySecret();
    SharedSecret secret = given == null ? SharedSecret.random() : SharedSecret.of(given);
    if (redis != null) {
      redis.share(secret);
      redis.onFailure((reason, nanos) -> flight.tierFailure("l2", reason, nanos));
    }
    this.httpCache = new HttpCache(settings, cache, clock, housekeeping, secret);
    if (redis != null) {
      redis.dropsWhile(httpCache.doorkeeper()::isEmergency);
    }
    this.applicationCaches =
        new ApplicationCaches(
            settings,
            frames,
            coherence,
            redis == null ? UNLIMITED_STAY : settings.redis().maxStaleness(),
            log,
            errors,
            clock);
    this.endpoints =
        new Endpoints(httpCache.endpointNames(), flight, System.nanoTime(), this::budgetOf);
    this.ruleReloader = new RuleReloader(settings.rules(), httpCache, this::useMethods, log, clock);
    this.optimization =
        new Optimization(
            settings,
            httpCache,
            cache,
            endpoints,
            systemMonitor,
            httpCache.learning()::raise,
            optimizing,
            log,
            flight,
            errors::record,
            clock);
  }

  /** Reads the rules, and looks after them from now on. */
  public void start() {
    ruleReloader.poll();
    RedisTier redis = coherence.redis();
    if (redis != null) {
      redis.start();
    }
    every(housekeeping, RULES_POLL, RULES_POLL, "reloading the rules", ruleReloader::poll);
    every(optimizing, SECOND, SECOND, "measuring endpoints", this::tick);
    every(
        monitoring,
        FIRST_SAMPLE,
        settings.performance().monitoringInterval(),
        "measuring the system",
        this::measure);
    every(housekeeping, SECOND, SECOND, "learning", httpCache.learning()::tick);
    every(housekeeping, SECOND, SECOND, "looking for ends", untoldEnds::look);
    if (redis != null) {
      SharedEvidence shared =
          new SharedEvidence(httpCache.learning(), new RedisBoard(redis), clock);
      every(sharing, FIRST_EVIDENCE, EVIDENCE, "sharing what is learned", shared::exchange);
    }
    optimization.start();
  }

  private void tick() {
    flight.poll();
    endpoints.tick(System.nanoTime());
  }

  private @Nullable Budget budgetOf(String method, String path) {
    CacheRule rule = httpCache.rules().match(method.equals("HEAD") ? "GET" : method, path);
    return rule == null ? null : rule.budget();
  }

  /** Does something again and again, whatever it throws: that is counted. */
  void every(
      ScheduledThreadPoolExecutor thread, Duration first, Duration pause, String what, Task task) {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            () -> guarded(what, task), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void measure() {
    Instant now = clock.instant();
    systemMonitor.sample(now);
    MemoryTierStatistics memory = cache.memoryStatistics();
    systemMonitor
        .history()
        .record(Metric.L1_MEMORY, 100.0 * memory.memoryBytes() / cache.mostMemoryBytes(), now);
    GatewayFigures.of(endpoints.total()).recordIn(systemMonitor.history(), now);
  }

  private static ScheduledThreadPoolExecutor executor(String name) {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> AgentThreads.make(name, task),
        new ThreadPoolExecutor.DiscardPolicy()); // of exchanges that end after the engine
  }

  /**
   * Ends the threads, closes the connections to Redis and drops what is stored in this process.
   * Exchanges under way may go on: they find nothing, and what they store is lost.
   */
  @Override
  public void close() {
    housekeeping.shutdownNow();
    monitoring.shutdownNow();
    optimizing.shutdownNow();
    sharing.shutdownNow();
    optimization.close();
    systemMonitor.close();
    applicationCaches.close();
    coherence.close();
    flight.close();
  }

  private record RedisBoard(RedisTier redis) implements SharedEvidence.Board {
    @Override
    public @Nullable Long millis() {
      return redis.serverMillis();
    }

    @Override
    public boolean write(String gateway, byte[] note) {
      return redis.leaveLearned(gateway, note);
    }

    @Override
    public @Nullable Map<String, byte[]> read() {
      return redis.learned();
    }

    @Override
    public boolean remove(String gateway) {
      return redis.removeLearned(gateway);
    }
  }

  private void useMethods(List<MethodRule> methods) {
    applicationCaches.useRules(methods);
    methodsChanged.accept(methods);
  }

  /**
   * Has somebody weave the methods that rules name, whenever the rules change.
   *
   * @param weaver takes all of them
   */
  public void onMethods(Consumer<List<MethodRule>> weaver) {
    methodsChanged = weaver;
  }

  /** Something that a thread of ours does, and that may fail. */
  public interface Task {
    /** Does it. */
    void run() throws Exception;
  }

  /** Does something after a while; what it throws is counted. */
  public void later(Duration delay, String what, Task task) {
    ScheduledFuture<?> unused =
        housekeeping.schedule(() -> guarded(what, task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded(String what, Task task) {
    try {
      task.run();
    } catch (Throwable e) { // what gets by would end the schedule
      errors.record(what, e);
    }
  }

  /** The settings in force. */
  public Settings settings() {
    return settings;
  }

  /** The agent's own log. */
  public AgentLog log() {
    return log;
  }

  /** Where errors of ours go. */
  public ErrorBreaker errors() {
    return errors;
  }

  /** What keeps this process's caches true to L2 and to the other gateways. */
  public Coherence coherence() {
    return coherence;
  }

  /** Both tiers. */
  public TieredCache cache() {
    return cache;
  }

  /** What entries are written to Redis with. */
  public FrameCodec frames() {
    return frames;
  }

  /** What keeps the cache's rules up to date. */
  public RuleReloader ruleReloader() {
    return ruleReloader;
  }

  /** What the process, its container and its host use. */
  public SystemMonitor systemMonitor() {
    return systemMonitor;
  }

  /** What acts on what is measured. */
  public Optimization optimization() {
    return optimization;
  }

  /** How each endpoint does. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** What is looked at because its end may not be told. */
  public UntoldEnds untoldEnds() {
    return untoldEnds;
  }

  /** What is told JDK Flight Recorder. */
  public Flight flight() {
    return flight;
  }

  /** The caches of application code. */
  public ApplicationCaches applicationCaches() {
    return applicationCaches;
  }

  /** What decides which requests the application is asked about. */
  public AdmissionControl admission() {
    return httpCache.doorkeeper().admission();
  }

  /** The HTTP cache. */
  public HttpCache httpCache() {
    return httpCache;
  }
}
