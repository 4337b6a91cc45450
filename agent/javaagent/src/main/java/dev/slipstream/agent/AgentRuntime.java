package dev.slipstream.agent;

import dev.slipstream.config.CacheMode;
import dev.slipstream.config.LoadedSettings;
import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.engine.management.Management;
import java.lang.instrument.Instrumentation;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The agent's life in one process: asleep until a first entry point is loaded, then starting on a
 * thread of its own, then serving, until it is detached.
 *
 * <p>Two things wait until the application has set its logging up, or its first request is there,
 * because they load {@code java.util.logging}: the cache and the MXBeans.
 */
final class AgentRuntime {
  private static final long LONGEST_START_MILLIS = 10_000;

  private final String arguments;
  private final Instrumentation instrumentation;
  private final EntryPointTransformer transformer = new EntryPointTransformer(this);
  private final AgentProperties properties;
  private final String version = Version.read();
  private final WovenTargets targets = new WovenTargets();
  private final CountDownLatch applicationIsUp = new CountDownLatch(1);
  private @Nullable Gate gate;
  private @Nullable Thread starting;
  private @Nullable AgentLog log;
  private @Nullable Serving serving;
  private boolean closed;

  AgentRuntime(String arguments, Instrumentation instrumentation) {
    this.arguments = arguments;
    this.instrumentation = instrumentation;
    this.properties = AgentProperties.of(instrumentation);
  }

  /** What serves. */
  private record Serving(Engine engine, Management management, Dispatcher dispatcher) {
    void close() {
      guarded("unregistering the MXBeans", management::unregister);
      guarded("letting the application's classes go", dispatcher::close);
      guarded("ending the engine", engine::close);
    }
  }

  /** Begins to look at classes, those that are loaded already included. */
  void install() {
    properties.set(AgentProperties.JAR, AgentProperties.ownJar());
    tell("waiting");
    instrumentation.addTransformer(transformer, true);
    weaveLoaded();
  }

  /** Tells those who attach how the agent is. */
  private synchronized void tell(String state) {
    if (!closed) {
      properties.set(AgentProperties.STATE, version + " " + state);
    }
  }

  /** Weaves what was loaded before the agent came: all of it where it was attached. */
  private void weaveLoaded() {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals("java.util.logging.LogManager")) {
        loggingIsUp();
      } else if (EntryPointTransformer.isEntryPoint(loaded)) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (Exception | LinkageError e) {
          startupLog().error("weaving " + loaded + " failed; it stays as it is", e);
        }
      }
    }
  }

  /** The application has set its logging up, or does so right now. */
  void loggingIsUp() {
    applicationIsUp.countDown();
  }

  /** Weaves an entry point. Returns null, which leaves it as it is, where that fails. */
  byte @Nullable [] weave(String internalName, @Nullable ClassLoader loader, byte[] bytes) {
    try {
      Gate open = wakeUp();
      if (open == null) {
        return null;
      }
      byte[] woven = Weaver.weaveServlet(internalName, loader, bytes);
      targets.add(internalName.replace('/', '.'), loader);
      startOnce(open);
      return woven;
    } catch (Throwable t) {
      startupLog().error("weaving " + internalName + " failed; it stays as it is", t);
      return null;
    }
  }

  /** Returns null once the agent is detached. */
  private synchronized @Nullable Gate wakeUp() throws Exception {
    if (gate == null && !closed) {
      gate = Gate.open(instrumentation);
    }
    return closed ? null : gate;
  }

  private synchronized void startOnce(Gate open) {
    if (starting == null && !closed) {
      tell("starting");
      open.handle(
          firstRequest -> {
            applicationIsUp.countDown();
            return null;
          });
      starting = AgentThreads.make("start", () -> start(open));
      starting.start();
    }
  }

  private void start(Gate open) {
    try {
      LoadedSettings loaded = SettingsLoader.fromProcess(arguments);
      AgentLog log = openLog(loaded.settings());
      loaded.problems().forEach(problem -> log.warn(problem.message()));
      if (!loaded.settings().agent().enabled()) {
        open.handle(null);
        tell("off (enabled=false)");
        log.info("the agent is off (enabled=false): every request passes through");
        return;
      }
      applicationIsUp.await();
      if (!isClosed()) {
        serve(open, loaded, log);
      }
    } catch (Throwable t) {
      open.handle(null);
      tell("off (it could not start)");
      startupLog().error("the agent could not start; every request passes through", t);
    }
  }

  private synchronized AgentLog openLog(Settings settings) {
    AgentLog opened =
        AgentLog.to(
            settings.agent().logFile(), settings.agent().logLevel(), InstantSource.system());
    log = opened;
    return opened;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void serve(Gate open, LoadedSettings loaded, AgentLog log) throws Exception {
    Settings settings = loaded.settings();
    KillSwitch killSwitch = new KillSwitch(open, this::tell);
    ErrorBreaker errors =
        new ErrorBreaker(System::nanoTime, log, () -> killSwitch.off("too many errors"));
    Engine engine = new Engine(settings, log, errors, InstantSource.system());
    engine.start();
    AgentMBean agent = new AgentMBean(engine, loaded, killSwitch, targets);
    Dispatcher dispatcher = new Dispatcher(engine);
    Serving made = new Serving(engine, Management.register(engine, agent), dispatcher);
    if (!begin(made)) {
      made.close();
      return;
    }
    killSwitch.serveWith(dispatcher, errors);
    if (!settings.http().cachingEnabled()) {
      killSwitch.off("caching_middleware_enabled=false");
    } else if (settings.cache().mode() == CacheMode.OFF) {
      killSwitch.off("cache_mode=off");
    }
    log.info(agent.summary());
  }

  /** Returns false where the agent was detached meanwhile. */
  private synchronized boolean begin(Serving made) {
    serving = closed ? null : made;
    return !closed;
  }

  /** A further attachment came. */
  void isThereAlready() {
    startupLog()
        .warn("the agent is in this process already; this second attachment changes nothing");
  }

  /**
   * Takes the agent out of the process: requests pass through at once, classes are as they were,
   * threads end and memory is given back. Exchanges under way end as they would have. What fails is
   * logged, and the rest goes on.
   */
  void close() {
    Gate open;
    Thread start;
    Serving ending;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      open = gate;
      start = starting;
      ending = serving;
    }
    if (open != null) {
      open.close();
    }
    applicationIsUp.countDown();
    instrumentation.removeTransformer(transformer);
    guarded("restoring the classes that were woven", this::restoreLoaded);
    if (start != null) {
      guarded("waiting for the agent's start", () -> start.join(LONGEST_START_MILLIS));
    }
    if (ending != null) {
      ending.close();
    }
    guarded("emptying the JDK's caches", MethodHandleCaches::forget);
    properties.remove(AgentProperties.STATE);
    properties.remove(AgentProperties.JAR);
    AgentLog last = log == null ? startupLog() : log;
    last.info("Slipstream " + version + " is detached: every request passes through");
    last.close();
  }

  private void restoreLoaded() throws Exception {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (EntryPointTransformer.isEntryPoint(loaded)) {
        instrumentation.retransformClasses(loaded);
      }
    }
  }

  private interface Step {
    void run() throws Throwable;
  }

  private static void guarded(String what, Step step) {
    try {
      step.run();
    } catch (Throwable t) {
      startupLog().error(what + " failed", t);
    }
  }

  /** For what goes wrong before, or apart from, the settings being read. */
  private static AgentLog startupLog() {
    return AgentLog.toStandardError(LogLevel.INFO, InstantSource.system());
  }
}
