package dev.slipstream.engine;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine as those have it who were there before it: none until the agent serves, nor while the
 * agent is off. Thread-safe.
 */
public final class LateEngine {
  private record Serving(Engine engine, BooleanSupplier on) {}

  private final Runnable firstRequest;
  private volatile @Nullable Serving serving;
  private volatile boolean ended;

  /**
   * Makes what has no engine yet.
   *
   * @param firstRequest runs when somebody asks for the engine before it is there; more than once
   */
  public LateEngine(Runnable firstRequest) {
    this.firstRequest = firstRequest;
  }

  /** The engine, or null while requests pass through. */
  public @Nullable Engine get() {
    Serving now = serving;
    if (ended) {
      return null;
    }
    if (now == null) {
      firstRequest.run();
      return null;
    }
    return now.on().getAsBoolean() ? now.engine() : null;
  }

  /** The agent serves, whenever it is on. */
  public void serve(Engine engine, BooleanSupplier on) {
    serving = new Serving(engine, on);
  }

  /** The agent has gone from the process: there is none any more. */
  public void end() {
    ended = true;
    serving = null;
  }
}
