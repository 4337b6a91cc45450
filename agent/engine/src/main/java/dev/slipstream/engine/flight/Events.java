package dev.slipstream.engine.flight;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;

/** Makes the events. Loads the recorder's classes, and ours that the recorder then knows. */
final class Events {
  /** One of so many exchanges that were neither slow nor failed. */
  static final int ONE_OF = 64;

  private static final long SLOW_NANOS = 100_000_000;
  private static final int FIRST_SERVER_ERROR = 500;

  Events() {
    all().forEach(FlightRecorder::register);
  }

  private static List<Class<? extends Event>> all() {
    return List.of(ExchangeEvent.class, TierFailureEvent.class, ActivationEvent.class);
  }

  /** Whether a recording was made, and not only might be. */
  static boolean areWanted() {
    return FlightRecorder.isAvailable() && FlightRecorder.isInitialized();
  }

  void exchange(String endpoint, String outcome, int status, long nanos, long bytes) {
    boolean always = status == 0 || status >= FIRST_SERVER_ERROR || nanos >= SLOW_NANOS;
    if (!always && ThreadLocalRandom.current().nextInt(ONE_OF) != 0) {
      return;
    }
    ExchangeEvent event = new ExchangeEvent();
    if (event.isEnabled()) {
      event.endpoint = endpoint;
      event.outcome = outcome;
      event.status = status;
      event.timeTaken = nanos;
      event.bytes = bytes;
      event.standsFor = always ? 1 : ONE_OF;
      event.commit();
    }
  }

  void tierFailure(String tier, String reason, long nanos) {
    TierFailureEvent event = new TierFailureEvent();
    if (event.isEnabled()) {
      event.tier = tier;
      event.reason = reason;
      event.timeTaken = nanos;
      event.commit();
    }
  }

  void activation(String rule, String what, String subject, String reason, boolean injected) {
    ActivationEvent event = new ActivationEvent();
    if (event.isEnabled()) {
      event.rule = rule;
      event.what = what;
      event.subject = subject;
      event.reason = reason;
      event.injected = injected;
      event.commit();
    }
  }

  void unregister() {
    all().forEach(FlightRecorder::unregister);
  }
}
