package dev.slipstream.agent;

import dev.slipstream.engine.ErrorBreaker;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the agent off and on again while the gateway runs. Thread-safe. */
final class KillSwitch {
  private final Gate gate;
  private final Consumer<String> state;
  private @Nullable Dispatcher dispatcher;
  private @Nullable ErrorBreaker errors;
  private String reason = "";

  /**
   * Makes a switch that is off.
   *
   * @param state is told {@code on}, or {@code off} and why, at each change
   */
  KillSwitch(Gate gate, Consumer<String> state) {
    this.gate = gate;
    this.state = state;
  }

  /** Lets requests through to the agent. */
  void serveWith(Dispatcher dispatcher, ErrorBreaker errors) {
    synchronized (this) {
      this.dispatcher = dispatcher;
      this.errors = errors;
    }
    on();
  }

  /** Turns the agent on: its errors are counted anew. */
  void on() {
    ErrorBreaker breaker = breaker();
    if (breaker != null) {
      breaker.reset(); // without our lock: the breaker calls off() under its own
    }
    synchronized (this) {
      reason = "";
      gate.handle(dispatcher);
      state.accept("on");
    }
  }

  private synchronized @Nullable ErrorBreaker breaker() {
    return errors;
  }

  /** Turns the agent off: every request passes through. */
  synchronized void off(String why) {
    reason = why;
    gate.handle(null);
    state.accept("off (" + why + ")");
  }

  /** Whether requests come to the agent. */
  boolean isOn() {
    return gate.isHandled();
  }

  /** Why the agent is off; empty while it is on. */
  synchronized String reason() {
    return reason;
  }
}
