package dev.slipstream.servlet;

import dev.slipstream.engine.ServletCall;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request whose exchange is under way on this thread: what is entered with it meanwhile belongs
 * to that exchange.
 */
final class UnderWay extends ServletCall implements UnaryOperator<@Nullable Throwable> {
  private final ServletRequest container;
  private final @Nullable FilterVisit visit;
  private final @Nullable ServletCall outer;
  private @Nullable Passage exchange;
  private @Nullable Passage ends;

  private UnderWay(
      ServletRequest container, @Nullable FilterVisit visit, @Nullable ServletCall outer) {
    this.container = container;
    this.visit = visit;
    this.outer = outer;
  }

  /** That of a request, however wrapped, on this thread; null where there is none. */
  static @Nullable UnderWay current(ServletRequest request) {
    return current() instanceof UnderWay latest && unwrap(request) == latest.container
        ? latest
        : null;
  }

  /**
   * Notes that a request's exchange begins here; null where it is under way already.
   *
   * @param request the request, or a wrapper around it
   * @param visit set where it begins at a filter that may pass it on
   */
  static @Nullable UnderWay begin(ServletRequest request, @Nullable FilterVisit visit) {
    ServletRequest container = unwrap(request);
    ServletCall outer = current();
    if (outer instanceof UnderWay same && same.container == container) {
      return null;
    }
    UnderWay call = new UnderWay(container, visit, outer);
    setCurrent(call);
    return call;
  }

  /** Notes the exchange of what was begun last on this thread. */
  static void leads(Passage exchange) {
    if (current() instanceof UnderWay latest) {
      latest.exchange = exchange;
    }
  }

  /** The exchange that this thread is in, or null. */
  static @Nullable Passage exchange() {
    return current() instanceof UnderWay latest ? latest.exchange : null;
  }

  @Override
  public boolean givesWay() {
    if (exchange != null) {
      exchange.handOn();
    }
    return true;
  }

  @Override
  public boolean isTold() {
    return exchange != null && exchange.isAnnounced();
  }

  @Nullable FilterVisit visit() {
    return visit;
  }

  /** Has an exchange end with it. */
  UnderWay endsWith(Passage passage) {
    ends = passage;
    return this;
  }

  /** The method that it was begun at is left. */
  @Override
  public @Nullable Throwable apply(@Nullable Throwable thrown) {
    end();
    return ends == null ? thrown : ends.endsAndLeaves(thrown);
  }

  /** The exchange ends, where it is this thread's latest: one that it was within goes on. */
  void end() {
    if (current() == this) {
      setCurrent(outer);
    }
  }

  /** The container's own request. */
  static ServletRequest unwrap(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner;
  }
}
