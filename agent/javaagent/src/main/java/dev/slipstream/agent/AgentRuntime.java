package dev.slipstream.agent;

import dev.slipstream.config.LoadedSettings;
import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import java.lang.instrument.Instrumentation;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The agent's life in one process: asleep until a first entry point is loaded, then starting on a
 * thread of its own, then serving, until it is detached.
 *
 * <p>Two things wait until the application has set its logging up, or its first request is there,
 * because they load {@code java.util.logging}: the cache and the MXBeans.
 */
final class AgentRuntime implements Predicate<String> {
  private static final String DETACH = "@detach";
  private static final String API_CLASS = Points.API_CLASS.replace('/', '.');
  private static final long LONGEST_SET_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

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
  private volatile long seenAtNanos;

  AgentRuntime(String arguments, Instrumentation instrumentation) {
    this.arguments = arguments;
    this.instrumentation = instrumentation;
    this.properties = AgentProperties.of(instrumentation);
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
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    List<Class<?>> apis = EntryPointTransformer.apisAmong(loaded);
    if (!apis.isEmpty() || has(loaded, API_CLASS)) {
      transformer.lookCloser();
    }
    Set<Class<?>> cached = transformer.isLookingCloser() ? CachedClasses.among(loaded) : Set.of();
    for (Class<?> type : loaded) {
      if (type.getName().equals("java.util.logging.LogManager")) {
        loggingIsUp();
      } else if (type.getName().equals(API_CLASS)) {
        apiIsSeen();
      } else if ((transformer.mayBeEntered(type, apis) || cached.contains(type))
          && (!targets.contains(type.getName(), type.getClassLoader())
              || transformer.namesResultsOf(type)) // it may have been woven for something else
          && instrumentation.isModifiableClass(type)) {
        retransform(type);
      }
    }
  }

  private static boolean has(Class<?>[] loaded, String name) {
    for (Class<?> type : loaded) {
      if (type.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The application has set its logging up, or does so right now. */
  void loggingIsUp() {
    applicationIsUp.countDown();
  }

  /** Application code uses a cache: it may be setting itself up, but not for so long. */
  private void cacheIsUsed() {
    if (System.nanoTime() - seenAtNanos > LONGEST_SET_UP_NANOS) {
      applicationIsUp.countDown();
    }
  }

  /** A server API is being loaded: this is a process to serve. */
  void apiIsSeen() {
    try {
      Gate open = wakeUp();
      if (open != null) {
        startOnce(open);
      }
    } catch (Throwable t) {
      startupLog().error("the agent could not start; every request passes through", t);
    }
  }

  /**
   * Weaves the entry points of a class. Returns null, which leaves it as it is, where that fails.
   *
   * @param named methods of it that the settings name: see {@link Weaver}
   * @param cached methods whose results are cached, beside those with the annotation: see {@link
   *     ResultWeaver}; null for none of either
   */
  byte @Nullable [] weave(
      String internalName,
      @Nullable ClassLoader loader,
      byte[] bytes,
      @Nullable Set<String> named,
      @Nullable Set<String> cached) {
    try {
      Gate open = wakeUp();
      if (open == null) {
        return null;
      }
      byte[] woven = Weaver.weave(bytes, named);
      if (cached != null) {
        byte[] both = ResultWeaver.weave(woven == null ? bytes : woven, cached);
        woven = both == null ? woven : both;
      }
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
      seenAtNanos = System.nanoTime();
      JaxRs resources = new JaxRs(applicationIsUp::countDown);
      open.handle(
          call -> {
            if (Points.JAX_RS.equals(call[SlipstreamGate.POINT])) {
              register(resources, call[SlipstreamGate.TARGET]);
            } else if (Points.APPLICATION.equals(call[SlipstreamGate.POINT])
                || Points.CACHED.equals(call[SlipstreamGate.POINT])) {
              cacheIsUsed();
            } else {
              applicationIsUp.countDown(); // the first request
            }
            return null;
          });
      starting = AgentThreads.make("start", () -> start(open, resources));
      starting.start();
    }
  }

  private static void register(JaxRs resources, Object application) {
    try {
      resources.register(application);
    } catch (Throwable t) {
      startupLog().error("no providers for " + application.getClass() + "; it passes through", t);
    }
  }

  private void start(Gate open, JaxRs resources) {
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
      // Entry points that were loaded before the first class of their API, and those named.
      transformer.alsoWeave(EntryMethods.named(loaded.settings().agent().entryPoints()));
      transformer.alsoCache(NamedResults.read(loaded.settings().rules()));
      if (!isClosed()) {
        weaveLoaded();
      }
      applicationIsUp.await();
      if (!isClosed()) {
        serve(open, resources, loaded, log);
      }
    } catch (Throwable t) {
      open.handle(null);
      tell("off (it could not start)");
      startupLog().error("the agent could not start; every request passes through", t);
    }
  }

  /** Weaves what rules name anew; what they do not name any more stays woven, to no effect. */
  private void weaveNamed(List<MethodRule> rules) {
    Set<String> changed = transformer.alsoCache(NamedResults.of(rules));
    if (changed.isEmpty() || isClosed()) {
      return;
    }
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (changed.contains(type.getName().replace('.', '/'))
          && instrumentation.isModifiableClass(type)) {
        retransform(type);
      }
    }
  }

  private void retransform(Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (Exception | LinkageError e) {
      startupLog().error("weaving " + type + " failed; it stays as it is", e);
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

  private void serve(Gate open, JaxRs resources, LoadedSettings loaded, AgentLog log)
      throws Exception {
    Serving made =
        Serving.make(open, resources, loaded, log, targets, this::tell, this::weaveNamed);
    if (begin(made)) {
      made.begin();
    } else {
      made.close();
    }
  }

  /** Returns false where the agent was detached meanwhile. */
  private synchronized boolean begin(Serving made) {
    serving = closed ? null : made;
    return !closed;
  }

  /** Does what a further attachment asks. Returns whether the agent is to stay in the process. */
  @Override
  public boolean test(String asked) {
    if (asked.startsWith(DETACH)) {
      close();
      return false;
    }
    startupLog()
        .warn("the agent is in this process already; this second attachment changes nothing");
    return true;
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
    Detachment detachment = new Detachment(this::currentLog);
    detachment.awaitStart(start); // which weaves, too
    detachment.restore(instrumentation, transformer, targets);
    detachment.end(ending);
    properties.remove(AgentProperties.STATE);
    properties.remove(AgentProperties.JAR);
    AgentLog last = currentLog();
    last.info("Slipstream " + version + " is detached: every request passes through");
    last.close();
  }

  private synchronized AgentLog currentLog() {
    return log == null ? startupLog() : log;
  }

  /** For what goes wrong before, or apart from, the settings being read. */
  private static AgentLog startupLog() {
    return AgentLog.toStandardError(LogLevel.INFO, InstantSource.system());
  }
}
