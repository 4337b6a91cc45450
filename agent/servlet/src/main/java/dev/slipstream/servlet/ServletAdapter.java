package dev.slipstream.servlet;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.EntryPoint;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way into one Servlet API.
 *
 * <p>A REQUEST dispatch begins an exchange. ASYNC, FORWARD and INCLUDE dispatches and servlets that
 * call each other belong to the one that is under way; an ERROR dispatch comes after its end.
 */
public final class ServletAdapter implements Adapter {
  private final Exchanges exchanges;
  private final Entrance entrance;

  /** Made by the agent, once for each Servlet API in the process. */
  public ServletAdapter(Engine engine) {
    this.exchanges = new Exchanges(engine);
    this.entrance = new Entrance(engine, exchanges);
  }

  @Override
  public EntryPoint entryPoint(Class<?> target) {
    FilterEntry filters = new FilterEntry(exchanges, target.getName());
    String place = Servlet.class.isAssignableFrom(target) ? "" : target.getName();
    EntryPoint within =
        call ->
            switch (call.point()) {
              case "filter" -> filters.enter(call);
              case "chain" -> ChainEntry.enter(call);
              case "origin-field" -> noteOriginField(call);
              default -> enter(call, place);
            };
    return call -> entrance.isOpen(call) ? entrance.enter(call, within) : within.enter(call);
  }

  private @Nullable UnaryOperator<@Nullable Throwable> enter(Call call, String place) {
    if (!isRequest(call)) {
      return dispatched(call);
    }
    HttpServletRequest request = (HttpServletRequest) call.request();
    if (UnderWay.current(request) != null) {
      return UnderWay.exchange() instanceof Exchange outer ? outer.servletEntered() : null;
    }
    return exchanges.isLeftToResources(request)
        ? UnderWay.begin(request, null)
        : exchanges.begin(call, place);
  }

  /** Whether a call is a client's request for something, on its way in. */
  static boolean isRequest(Call call) {
    return call.request() instanceof HttpServletRequest request
        && call.response() instanceof HttpServletResponse
        && request.getDispatcherType() == DispatcherType.REQUEST
        && !BackgroundRun.isBackground(request);
  }

  private static @Nullable UnaryOperator<@Nullable Throwable> dispatched(Call call) {
    if (!(call.request() instanceof HttpServletRequest request)) {
      return null;
    }
    DispatcherType type = request.getDispatcherType();
    Exchange exchange = CapturingRequest.exchangeOf(request);
    if (exchange != null && type == DispatcherType.FORWARD) {
      exchange.forwarded();
    }
    UnaryOperator<@Nullable Throwable> exit = OtherDispatch.begin();
    if (exit == null || exchange == null || type != DispatcherType.ASYNC) {
      return exit;
    }
    UnaryOperator<@Nullable Throwable> returned = exchange.resumed();
    return thrown -> exit.apply(returned.apply(thrown));
  }

  /**
   * What an origin has made for one client is not for others, though these never see its cookie.
   */
  private static @Nullable UnaryOperator<@Nullable Throwable> noteOriginField(Call call) {
    if (UnderWay.exchange() instanceof Exchange exchange
        && "Set-Cookie".equalsIgnoreCase(String.valueOf(call.request()))) {
      exchange.setsCookie();
    }
    return null;
  }
}
