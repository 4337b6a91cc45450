package dev.slipstream.servlet;

import dev.slipstream.engine.ServletCall;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A dispatch that begins no exchange of its own, and may lead to what is no servlet itself. */
final class OtherDispatch extends ServletCall {
  private OtherDispatch() {}

  /** Notes it on this thread, where nothing is noted yet. Returns what ends it, or null. */
  static @Nullable UnaryOperator<@Nullable Throwable> begin() {
    if (current() != null) {
      return null;
    }
    setCurrent(new OtherDispatch());
    return thrown -> {
      setCurrent(null);
      return thrown;
    };
  }
}
