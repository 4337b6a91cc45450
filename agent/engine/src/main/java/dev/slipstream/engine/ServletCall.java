package dev.slipstream.engine;

import org.jspecify.annotations.Nullable;

/**
 * A servlet's or a filter's call that is under way on this thread: where adapters to what runs
 * within a servlet learn that the servlet's exchange is the one.
 */
public class ServletCall {
  private static final ThreadLocal<ServletCall> CURRENT = new ThreadLocal<>();

  private volatile boolean negotiated;

  /** A call that is not under way yet. */
  protected ServletCall() {}

  /** The one that is under way on this thread; null where there is none. */
  public static @Nullable ServletCall current() {
    return CURRENT.get();
  }

  /** Makes a call the one that is under way; null for none. */
  protected static void setCurrent(@Nullable ServletCall call) {
    if (call == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(call);
    }
  }

  /** What runs within chooses its answer by the request's Accept field. */
  public void negotiates() {
    negotiated = true;
  }

  /** Whether the answer was chosen by the request's Accept field. */
  public boolean isNegotiated() {
    return negotiated;
  }
}
