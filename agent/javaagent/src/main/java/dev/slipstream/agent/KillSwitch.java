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
  synchronized void serveWith(Dispatcher dispatcher, ErrorBreaker errors) {
    this.dispatcher = dispatcher;
    this.errors = errors;
    on();
  }

  /** Turns the agent on: its errors are counted anew. */
  synchronized void on() {
    if (errors != null) {
      errors.reset();
    }
    reason = "";
    gate.handle(dispatcher);
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
