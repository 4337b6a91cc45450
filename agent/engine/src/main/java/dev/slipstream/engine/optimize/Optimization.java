package dev.slipstream.engine.optimize;

import dev.slipstream.config.PerformanceMode;
import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.flight.Flight;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.redis.RedisTier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * The optimizer at work: what it measures, what it acts on, and its thread, which each 500 ms lets
 * the fast rules look, and all of them once each monitoring interval.
 */
public final class Optimization implements AutoCloseable {
  private static final long FAST_MILLIS = 500;
  private static final int BEATS_PER_SECOND = 2;

  private final Settings settings;
  private final AdmissionControl admission;
  private final Sampler sampler;
  private final Optimizer optimizer;
  private final Advisor advisor;
  private final ScheduledExecutorService thread;
  private final InstantSource clock;
  private final TickErrors ticks;
  private final AgentLog log;
  private final LineWriter lines;
  private volatile BooleanSupplier running = () -> true;
  private volatile BiConsumer<Change, ActivationReport> changed = (change, activation) -> {};
  private int beats;
  private boolean toldOfUnguarded;

  /**
   * Makes one that does not run yet.
   *
   * @param budget how stale answers may become
   * @param thread its own; not shut down
   */
  public Optimization(
      Settings settings,
      HttpCache httpCache,
      TieredCache cache,
      Endpoints endpoints,
      SystemMonitor monitor,
      StalenessBudget budget,
      ScheduledExecutorService thread,
      AgentLog log,
      Flight flight,
      BiConsumer<String, Throwable> errors,
      InstantSource clock) {
    this.settings = settings;
    this.admission = httpCache.doorkeeper().admission();
    this.thread = thread;
    this.clock = clock;
    this.log = log;
    this.ticks =
        new TickErrors(
            errors,
            why -> {
              log.warn("the optimizer has stopped, and undoes what it did: " + why);
              stop(why);
            },
            System::nanoTime);
    RedisTier redis = cache.redis();
    this.sampler = new Sampler(monitor, endpoints, redis);
    this.lines = new LineWriter(log::info);
    ActivationLog told = new ActivationLog(lines, clock);
    this.optimizer =
        new Optimizer(
            settings.performance(),
            () -> running.getAsBoolean(),
            (activation, change) -> {
              told.tell(activation, change);
              record(flight, activation, change);
              changed.accept(change, Reports.of(activation, activation.counted()));
            },
            errors);
    GcRelief relief =
        new GcRelief(
            Collector.ofThisJvm(),
            settings.performance().gcThresholdPercent(),
            () -> AgentThreads.make("collection", System::gc).start());
    new Rules(
            l1(cache),
            relief,
            httpCache.endpointTerms(),
            budget,
            redis == null ? null : redis::pause,
            settings.redis().budget(),
            admission,
            System::nanoTime)
        .addTo(optimizer, settings.performance());
    this.advisor =
        new Advisor(optimizer, relief, settings, cache, httpCache, monitor, endpoints, clock);
  }

  /** Says who is told of activations, under the optimizer's lock: it waits for nothing. */
  public void onChange(BiConsumer<Change, ActivationReport> told) {
    changed = told;
  }

  private static void record(Flight flight, Activation activation, Change change) {
    Effect effect = activation.effect();
    boolean left = change == Change.LEFT;
    String what = left ? "left" : "entered";
    String why = left ? activation.ending() : activation.reason();
    if (change == Change.JUDGED && effect != null) {
      what = effect.verdict().text();
      why = effect.why();
    }
    boolean gateway = activation.subject().equals(Measurements.GATEWAY);
    String subject = gateway ? "" : activation.subject();
    flight.activation(activation.rule(), what, subject, why, !activation.injected().isEmpty());
  }

  private static MemoryLimits.Tier l1(TieredCache cache) {
    return new MemoryLimits.Tier() {
      @Override
      public long maxBytes() {
        return cache.mostMemoryBytes();
      }

      @Override
      public long heldBytes() {
        return cache.memoryBytes();
      }

      @Override
      public void limit(long bytes) {
        cache.limitMemory(bytes);
      }

      @Override
      public long clear() {
        return cache.dropFromMemory(Invalidation.EVERYTHING).entries();
      }
    };
  }

  /** Acts only while the agent is on, and undoes what it did once it is not. */
  public void runsWhile(BooleanSupplier on) {
    running = on;
  }

  /** Begins, unless the settings turn it off. */
  public void start() {
    if (settings.performance().mode() == PerformanceMode.OFF) {
      return;
    }
    every(Duration.ofMillis(FAST_MILLIS), "a beat of the optimizer", this::beat);
    every(
        settings.performance().monitoringInterval(),
        "a look of the optimizer",
        () -> optimizer.tick(sampler.sample(clock.millis())));
  }

  /** Does something again and again, whatever it throws: that is counted. */
  void every(Duration interval, String what, Runnable task) {
    long millis = interval.toMillis();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            () -> ticks.run(what, task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    if (ticks.stopped() != null) {
      optimizer.fastTick(clock.millis()); // an undo may still be owed
      return;
    }
    if (++beats % BEATS_PER_SECOND == 0) {
      sampler.second();
    }
    Double memory = sampler.memoryNow();
    synchronized (optimizer) { // what JMX undoes is the guards', too
      if (memory != null) {
        optimizer.sees(Metric.MEMORY, memory);
      }
      admission.tick(System.nanoTime());
      optimizer.fastTick(clock.millis());
    }
    if (!toldOfUnguarded && admission.unguarded() > 0) {
      toldOfUnguarded = true;
      log.warn(
          "More than "
              + AdmissionControl.MOST_GUARDS
              + " endpoints are in use: the others have neither throttle nor breaker (said once; see"
              + " Unguarded of the MXBean Admission)");
    }
  }

  private void stop(String why) {
    synchronized (optimizer) {
      optimizer.stop(why, clock.millis());
      admission.release(System.nanoTime());
    }
  }

  /** The rules, what they did and what it brought. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** What an operator should do. */
  public Advisor advisor() {
    return advisor;
  }

  /** The time, for what is asked of it. */
  public InstantSource clock() {
    return clock;
  }

  /** Undoes all that is active; its thread is to be shut down before. */
  @Override
  public void close() {
    synchronized (optimizer) {
      optimizer.close();
      admission.release(System.nanoTime());
    }
    lines.close();
  }
}
