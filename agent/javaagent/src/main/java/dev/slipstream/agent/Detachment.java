package dev.slipstream.agent;

import dev.slipstream.engine.AgentLog;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps that take an agent out of the process, once requests and classes no longer come to it.
 * A step that fails is logged, and the others are taken all the same.
 */
final class Detachment {
  private static final long LONGEST_START_MILLIS = 10_000;

  private final Supplier<AgentLog> log;

  Detachment(Supplier<AgentLog> log) {
    this.log = log;
  }

  /** Waits until a start that is under way has come to its end, for some time. */
  void awaitStart(@Nullable Thread start) {
    if (start != null) {
      guarded("waiting for the agent's start", () -> start.join(LONGEST_START_MILLIS));
    }
  }

  /** Gives the classes that were woven their own bytes back, all at once. */
  void restore(
      Instrumentation instrumentation, EntryPointTransformer transformer, WovenTargets targets) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    List<Class<?>> apis = EntryPointTransformer.apisAmong(loaded);
    Class<?>[] woven =
        Stream.of(loaded)
            .filter(
                type ->
                    transformer.mayBeEntered(type, apis)
                        || targets.contains(type.getName(), type.getClassLoader()))
            .filter(instrumentation::isModifiableClass)
            .toArray(Class<?>[]::new);
    if (woven.length > 0) {
      guarded(
          "restoring the classes that were woven", () -> instrumentation.retransformClasses(woven));
    }
  }

  /** Ends what serves, and has nothing of the JDK hold it. */
  void end(@Nullable Serving serving) {
    if (serving != null) {
      guarded("ending the cache", serving::close);
    }
    guarded("emptying the JDK's caches", MethodHandleCaches::forget);
  }

  private interface Step {
    void run() throws Throwable;
  }

  private void guarded(String what, Step step) {
    try {
      step.run();
    } catch (Throwable t) {
      log.get().error(what + " failed", t);
    }
  }
}
