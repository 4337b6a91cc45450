package dev.slipstream.engine.admit;

import org.jspecify.annotations.Nullable;

/**
 * A request's leave to go on to the application, given back once: with what became of it, or
 * without. Thread-safe.
 */
public final class Permit {
  /** Of what nobody guards. */
  public static final Permit FREE = new Permit(null, 0);

  private final @Nullable EndpointGuard guard;
  private final long startNanos;
  private boolean back;

  Permit(@Nullable EndpointGuard guard, long startNanos) {
    this.guard = guard;
    this.startNanos = startNanos;
  }

  /** The application has answered, or failed; see {@link EndpointGuard#ended}. */
  public void ended(long nowNanos, boolean failed) {
    ended(nowNanos, failed, true);
  }

  /**
   * The application has answered, or failed; see {@link EndpointGuard#ended}.
   *
   * @param telling whether what it took tells how long the endpoint's answers take
   */
  public void ended(long nowNanos, boolean failed, boolean telling) {
    if (guard != null && givesBack()) {
      guard.ended(startNanos, nowNanos, failed, telling);
    }
  }

  /** The request leaves, and what it took tells nothing. */
  public void release() {
    if (guard != null && givesBack()) {
      guard.released(startNanos);
    }
  }

  private synchronized boolean givesBack() {
    boolean first = !back;
    back = true;
    return first;
  }
}
