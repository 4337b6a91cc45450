package dev.slipstream.servlet;

import dev.slipstream.engine.Call;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Filter chains: what comes next gets the request and the response that the filter was given, not
 * those of an exchange that was begun at it.
 */
final class ChainEntry {
  private ChainEntry() {}

  static @Nullable UnaryOperator<@Nullable Throwable> enter(Call call) {
    if (!(call.request() instanceof ServletRequest request)
        || !(call.response() instanceof ServletResponse response)
        || isWithinAnswer(request.getDispatcherType())) {
      return null;
    }
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      Exchange resumed = CapturingRequest.exchangeOf(request);
      if (resumed != null && resumed.isAtEntry()) {
        return resumed.resumed();
      }
    }
    UnderWay underWay = UnderWay.current(request);
    FilterVisit visit = underWay == null ? visitOf(request) : underWay.visit();
    if (visit == null) {
      return null;
    }
    if (underWay != null) {
      underWay.end();
    }
    visit.passOn();
    Exchange exchange = visit.exchange();
    if (exchange == null) {
      return null;
    }
    call.replace(exchange.given(request), exchange.given(response));
    return UnaryOperator.identity();
  }

  /** The container has a chain of its own for what a filter forwards to, or includes. */
  private static boolean isWithinAnswer(DispatcherType type) {
    return type != DispatcherType.REQUEST && type != DispatcherType.ASYNC;
  }

  /**
   * On another thread than the filter's. Where a request is dispatched anew, the container begins
   * its chain with what the filter had, which is not passed on by the filter.
   */
  private static @Nullable FilterVisit visitOf(ServletRequest request) {
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      return null;
    }
    Exchange exchange = CapturingRequest.exchangeOf(request);
    return exchange == null ? null : exchange.visit();
  }
}
