package dev.slipstream.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request whose exchange is under way on this thread: what is entered with it meanwhile belongs
 * to that exchange.
 */
final class UnderWay {
  private static final ThreadLocal<UnderWay> CURRENT = new ThreadLocal<>();

  private final ServletRequest container;
  private final @Nullable FilterVisit visit;
  private final @Nullable UnderWay outer;

  private UnderWay(
      ServletRequest container, @Nullable FilterVisit visit, @Nullable UnderWay outer) {
    this.container = container;
    this.visit = visit;
    this.outer = outer;
  }

  /** That of a request, however wrapped, on this thread; null where there is none. */
  static @Nullable UnderWay current(ServletRequest request) {
    UnderWay current = CURRENT.get();
    return current != null && unwrap(request) == current.container ? current : null;
  }

  /**
   * Notes that a request's exchange begins here; null where it is under way already.
   *
   * @param request the request, or a wrapper around it
   * @param visit set where it begins at a filter that may pass it on
   */
  static @Nullable UnderWay begin(ServletRequest request, @Nullable FilterVisit visit) {
    ServletRequest container = unwrap(request);
    UnderWay outer = CURRENT.get();
    if (outer != null && outer.container == container) {
      return null;
    }
    UnderWay begun = new UnderWay(container, visit, outer);
    CURRENT.set(begun);
    return begun;
  }

  @Nullable FilterVisit visit() {
    return visit;
  }

  /** The exchange ends, where it is this thread's latest: one that it was within goes on. */
  void end() {
    if (CURRENT.get() != this) {
      return;
    }
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
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
