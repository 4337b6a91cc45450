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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The agent's life in one process: asleep until a first entry point is loaded, then starting on a
 * thread of its own, then serving.
 *
 * <p>Two things wait until the application has set its logging up, or its first request is there,
 * because they load {@code java.util.logging}: the cache and the MXBeans.
 */
final class AgentRuntime {
  private final String arguments;
  private final Instrumentation instrumentation;
  private final WovenTargets targets = new WovenTargets();
  private final CountDownLatch applicationIsUp = new CountDownLatch(1);
  private final EntryPointTransformer transformer = new EntryPointTransformer(this);
  private @Nullable Gate gate;

  AgentRuntime(String arguments, Instrumentation instrumentation) {
    this.arguments = arguments;
    this.instrumentation = instrumentation;
  }

  /** From here on loaded classes are looked at. */
  void watch() {
    instrumentation.addTransformer(transformer, true);
    weaveLoaded();
  }

  /** Weaves what was loaded before the agent came: all of it where it was attached. */
  private void weaveLoaded() {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    List<Class<?>> apis = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (type.getName().equals("java.util.logging.LogManager")) {
        loggingIsUp();
      } else if (EntryPointTransformer.isApi(type)) {
        apis.add(type);
      }
    }
    if (!apis.isEmpty()) {
      transformer.lookCloser();
    }
    for (Class<?> type : loaded) {
      boolean implementing =
          apis.stream().anyMatch(api -> api != type && api.isAssignableFrom(type));
      if ((implementing || transformer.isNamed(type))
          && !targets.contains(type.getName(), type.getClassLoader())
          && instrumentation.isModifiableClass(type)) {
        try {
          instrumentation.retransformClasses(type);
        } catch (Exception | LinkageError e) {
          startupLog().error("weaving " + type + " failed; it stays as it is", e);
        }
      }
    }
  }

  /** The application has set its logging up, or does so right now. */
  void loggingIsUp() {
    applicationIsUp.countDown();
  }

  /** A server API is being loaded: this is a process to serve. */
  void apiIsSeen() {
    try {
      startOnce(wakeUp());
    } catch (Throwable t) {
      startupLog().error("the agent could not start; every request passes through", t);
    }
  }

  /**
   * Weaves the entry points of a class. Returns null, which leaves it as it is, where that fails.
   *
   * @param named methods of it that the settings name: see {@link Weaver}
   */
  byte @Nullable [] weave(
      String internalName,
      @Nullable ClassLoader loader,
      byte[] bytes,
      @Nullable Set<String> named) {
    try {
      Gate open = wakeUp();
      byte[] woven = Weaver.weave(internalName, loader, bytes, named);
      if (woven != null) {
        targets.add(internalName.replace('/', '.'), loader);
        startOnce(open);
      }
      return woven;
    } catch (Throwable t) {
      startupLog().error("weaving " + internalName + " failed; it stays as it is", t);
      return null;
    }
  }

  private synchronized Gate wakeUp() throws Exception {
    if (gate == null) {
      gate = Gate.open(instrumentation);
    }
    return gate;
  }

  private boolean started;

  private synchronized void startOnce(Gate open) {
    if (!started) {
      started = true;
      open.handle(
          firstRequest -> {
            applicationIsUp.countDown();
            return null;
          });
      AgentThreads.make("start", () -> start(open)).start();
    }
  }

  private void start(Gate open) {
    try {
      LoadedSettings loaded = SettingsLoader.fromProcess(arguments);
      Settings settings = loaded.settings();
      AgentLog log =
          AgentLog.to(
              settings.agent().logFile(), settings.agent().logLevel(), InstantSource.system());
      loaded.problems().forEach(problem -> log.warn(problem.message()));
      if (!settings.agent().enabled()) {
        open.handle(null);
        log.info("the agent is off (enabled=false): every request passes through");
        return;
      }
      // Entry points that were loaded before the first class of their API, and those named.
      transformer.alsoWeave(EntryMethods.named(settings.agent().entryPoints()));
      weaveLoaded();
      applicationIsUp.await();
      serve(open, loaded, log);
    } catch (Throwable t) {
      open.handle(null);
      startupLog().error("the agent could not start; every request passes through", t);
    }
  }

  private void serve(Gate open, LoadedSettings loaded, AgentLog log) throws Exception {
    Settings settings = loaded.settings();
    KillSwitch killSwitch = new KillSwitch(open);
    ErrorBreaker errors =
        new ErrorBreaker(System::nanoTime, log, () -> killSwitch.off("too many errors"));
    Engine engine = new Engine(settings, log, errors, InstantSource.system());
    engine.start();
    AgentMBean agent = new AgentMBean(engine, loaded, killSwitch, targets);
    Management.register(engine, agent);
    killSwitch.serveWith(new Dispatcher(engine), errors);
    if (!settings.http().cachingEnabled()) {
      killSwitch.off("caching_middleware_enabled=false");
    } else if (settings.cache().mode() == CacheMode.OFF) {
      killSwitch.off("cache_mode=off");
    }
    log.info(agent.summary());
  }

  /** For what goes wrong before, or apart from, the settings being read. */
  private static AgentLog startupLog() {
    return AgentLog.toStandardError(LogLevel.INFO, InstantSource.system());
  }
}
