package dev.slipstream.servlet;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.EntryPoint;
import jakarta.servlet.ServletRequest;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a request enters the web application: the first chain, filter or servlet that it comes to,
 * behind what the container itself checks. Rules with {@code serve_at: entry} have their exchanges
 * begin here.
 *
 * <p>What is further within is not asked again: a filter may have taken from the request what said
 * who is asking.
 */
final class Entrance {
  /**
   * The container's request that is within on this thread, in an array: a thread that outlives the
   * agent must not hold anything of ours.
   */
  private static final ThreadLocal<@Nullable Object[]> WITHIN = new ThreadLocal<>();

  private final Engine engine;
  private final Exchanges exchanges;

  Entrance(Engine engine, Exchanges exchanges) {
    this.engine = engine;
    this.exchanges = exchanges;
  }

  /** Whether a call may be that of a request that is answered here. */
  boolean isOpen(Call call) {
    return exchanges.isServingAtEntry() && ServletAdapter.isRequest(call);
  }

  /**
   * Begins an exchange, if a request enters here and is answered here; else goes further.
   *
   * @param within what the call leads to where nothing begins here
   */
  @Nullable UnaryOperator<@Nullable Throwable> enter(Call call, EntryPoint within) {
    @Nullable Object[] holder = WITHIN.get();
    if (holder == null) {
      holder = new Object[1];
      WITHIN.set(holder);
    }
    ServletRequest container = UnderWay.unwrap((ServletRequest) call.request());
    if (holder[0] == container) {
      return within.enter(call);
    }
    @Nullable Object[] held = holder;
    @Nullable Object before = held[0];
    held[0] = container;
    UnaryOperator<@Nullable Throwable> exit = begin(call, within);
    return thrown -> {
      held[0] = before;
      return exit == null ? thrown : exit.apply(thrown);
    };
  }

  /** An error of ours must not make the next place look like the first. */
  private @Nullable UnaryOperator<@Nullable Throwable> begin(Call call, EntryPoint within) {
    Object target = call.target();
    Object request = call.request();
    Object response = call.response();
    try {
      UnaryOperator<@Nullable Throwable> exit = exchanges.beginAtEntry(call);
      return exit == null ? within.enter(call) : exit;
    } catch (Throwable t) {
      engine.errors().record("the way into an exchange", t);
      call.untouched(target, request, response);
      return null;
    }
  }
}
