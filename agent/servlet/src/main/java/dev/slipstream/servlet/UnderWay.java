package dev.slipstream.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The request whose exchange is under way on this thread: what is entered with it meanwhile belongs
 * to that exchange.
 */
final class UnderWay {
  private static final ThreadLocal<ServletRequest> REQUEST = new ThreadLocal<>();

  private final ServletRequest container;
  private final @Nullable ServletRequest outer;

  private UnderWay(ServletRequest container, @Nullable ServletRequest outer) {
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
    ServletRequest outer = REQUEST.get();
    if (outer == container) {
      return null;
    }
    REQUEST.set(container);
    return new UnderWay(container, outer);
  }

  /** The exchange ends, where it is this thread's: one that it was within goes on. */
  void end() {
    if (REQUEST.get() != container) {
      return;
    }
    if (outer == null) {
      REQUEST.remove();
    } else {
      REQUEST.set(outer);
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
