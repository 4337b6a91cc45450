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
  private @Nullable Gate gate;

  AgentRuntime(String arguments, Instrumentation instrumentation) {
    this.arguments = arguments;
    this.instrumentation = instrumentation;
  }

  /** Weaves what was loaded before the agent came: all of it where it was attached. */
  void weaveLoaded() {
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
      byte[] woven = Weaver.weaveServlet(internalName, bytes);
      targets.add(internalName.replace('/', '.'), loader);
      startOnce(open);
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
