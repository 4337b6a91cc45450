package dev.slipstream.api;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to the agent: {@code java.lang.SlipstreamGate}, which is there once an agent has been.
 *
 * <p>Without it calls cost a look at the clock, and each second one look for the class. Nothing
 * that goes wrong on the way reaches the application.
 */
final class Gate {
  /** The slot that is null once the agent has answered the call. */
  static final int TARGET = 0;

  /** The slot of the answer. */
  static final int ANSWER = 1;

  /** The slot of what the application's code has returned. */
  static final int RESULT = 2;

  private static final String POINT = "application";
  private static final String NAME = "java.lang.SlipstreamGate";
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static volatile boolean open;
  private static volatile long nextLook = System.nanoTime();

  private Gate() {}

  /** The gate's two methods, once it is there. */
  private static final class Found {
    static final MethodHandle ENTER;
    static final MethodHandle EXIT;

    static {
      try {
        Class<?> gate = Class.forName(NAME);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> object = Object.class;
        ENTER =
            lookup.findStatic(
                gate,
                "enter",
                MethodType.methodType(
                    Object[].class, String.class, object, object, object, object));
        EXIT =
            lookup.findStatic(
                gate,
                "exit",
                MethodType.methodType(Throwable.class, Object[].class, Throwable.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /**
   * Asks the agent.
   *
   * @param owner the class that the cache belongs to
   * @param operation what is asked
   * @return the call, to be {@linkplain #exit ended}; null where there is no agent, or none that
   *     answers
   */
  static Object @Nullable [] enter(
      Class<?> owner, String operation, @Nullable Object... arguments) {
    if (!isOpen()) {
      return null;
    }
    try {
      return (Object[])
          Found.ENTER.invokeExact(
              POINT, (Object) owner, (Object) operation, (Object) arguments, (Object) null);
    } catch (Throwable t) {
      return null; // the agent has counted its own
    }
  }

  /** Ends a call, whose {@link #RESULT} is there unless something was thrown. */
  static void exit(Object[] call, @Nullable Throwable thrown) {
    try {
      Throwable unused = (Throwable) Found.EXIT.invokeExact(call, thrown);
    } catch (Throwable t) {
      // as above
    }
  }

  private static boolean isOpen() {
    if (open) {
      return true;
    }
    long now = System.nanoTime();
    if (now - nextLook < 0) {
      return false;
    }
    nextLook = now + PAUSE_NANOS;
    try {
      Class.forName(NAME);
      open = true;
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
