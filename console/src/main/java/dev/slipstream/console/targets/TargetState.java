package dev.slipstream.console.targets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway was when it was last heard of.
 *
 * @param since when this began
 * @param failure what is wrong; {@code null} if nothing is, or it was not asked yet
 */
public record TargetState(Status status, Instant since, @Nullable Failure failure) {

  /** Whether the gateway can be read. */
  public enum Status {
    /** It was not asked yet. */
    CONNECTING,
    /** It answered. */
    UP,
    /** It gave no answer. */
    DOWN
  }

  static TargetState connecting(Instant now) {
    return new TargetState(Status.CONNECTING, now, null);
  }

  /** The state after what was just seen; {@link #since} moves only if something changed. */
  TargetState after(@Nullable Failure seen, Instant now) {
    Status next = seen == null ? Status.UP : Status.DOWN;
    boolean same = next == status && kindOf(seen) == kindOf(failure);
    return new TargetState(next, same ? since : now, seen);
  }

  /** The name for the API: {@code up}, {@code connecting}, or the kind of the failure. */
  public String label() {
    if (failure != null) {
      return failure.kind().label();
    }
    return status == Status.UP ? "up" : "connecting";
  }

  private static Failure.@Nullable Kind kindOf(@Nullable Failure failure) {
    return failure == null ? null : failure.kind();
  }
}
