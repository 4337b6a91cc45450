package dev.slipstream.servlet;

import dev.slipstream.engine.ServletCall;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The request whose exchange is under way on this thread: what is entered with it meanwhile belongs
 * to that exchange.
 */
final class UnderWay extends ServletCall {
  private final ServletRequest container;
  private final @Nullable ServletCall outer;

  private UnderWay(ServletRequest container, @Nullable ServletCall outer) {
    this.container = container;
    this.outer = outer;
  }

  /**
   * Notes that a request's exchange begins here; null where it is under way already.
   *
   * @param request the request, or a wrapper around it
   */
  static @Nullable UnderWay begin(ServletRequest request) {
    ServletRequest container = unwrap(request);
    ServletCall outer = current();
    if (outer instanceof UnderWay same && same.container == container) {
      return null;
    }
    UnderWay call = new UnderWay(container, outer);
    setCurrent(call);
    return call;
  }

  /** The exchange ends, where it is this thread's: one that it was within goes on. */
  void end() {
    if (current() == this) {
      setCurrent(outer);
    }
  }

  private static ServletRequest unwrap(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner;
  }
}
