package dev.slipstream.agent;

import dev.slipstream.engine.ErrorBreaker;
import org.jspecify.annotations.Nullable;

/** Turns the agent off and on again while the gateway runs. Thread-safe. */
final class KillSwitch {
  private final Gate gate;
  private @Nullable Dispatcher dispatcher;
  private @Nullable ErrorBreaker errors;
  private String reason = "";

  KillSwitch(Gate gate) {
    this.gate = gate;
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
    }
  }

  private synchronized @Nullable ErrorBreaker breaker() {
    return errors;
  }

  /** Turns the agent off: every request passes through. */
  synchronized void off(String why) {
    reason = why;
    gate.handle(null);
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
