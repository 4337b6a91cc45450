package dev.slipstream.engine.flight;

import org.jspecify.annotations.Nullable;

/**
 * What is told JDK Flight Recorder: nothing, at the cost of reading a field, before a recording was
 * made in this process. Thread-safe; a JDK without the recorder (module {@code jdk.jfr}) is fine.
 */
public final class Flight {
  private volatile @Nullable Events events;
  private volatile boolean ended;

  /** Looks whether anybody records. To be called now and then, by one thread. */
  public void poll() {
    if (events != null || ended) {
      return;
    }
    try {
      if (Events.areWanted()) {
        events = new Events();
      }
    } catch (LinkageError e) {
      ended = true; // this JDK has no recorder
    }
  }

  /**
   * An exchange has ended. All that failed or were slow become events, of the others some.
   *
   * @param status the answer's; 0 where there was none
   * @param bytes bytes of the body, negative where that is not known
   */
  public void exchange(String endpoint, String outcome, int status, long nanos, long bytes) {
    Events current = events;
    if (current != null) {
      current.exchange(endpoint, outcome, status, nanos, bytes);
    }
  }

  /**
   * A tier did not answer.
   *
   * @param reason why, as far as that is known
   */
  public void tierFailure(String tier, String reason, long nanos) {
    Events current = events;
    if (current != null) {
      current.tierFailure(tier, reason, nanos);
    }
  }

  /**
   * A rule of the optimizer has entered, left, or been judged.
   *
   * @param what "entered", "left" or a verdict
   * @param subject the endpoint or tier that it is about; empty for the gateway
   * @param reason why, in numbers
   * @param injected whether a metric that was made up had a part in it
   */
  public void activation(
      String rule, String what, String subject, String reason, boolean injected) {
    Events current = events;
    if (current != null) {
      current.activation(rule, what, subject, reason, injected);
    }
  }

  /** Ends it: the recorder forgets the events' classes. */
  public void close() {
    Events current = events;
    ended = true;
    events = null;
    if (current != null) {
      current.unregister();
    }
  }
}
