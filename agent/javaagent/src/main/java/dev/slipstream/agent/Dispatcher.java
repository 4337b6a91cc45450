package dev.slipstream.agent;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The gate's handler while the agent serves: finds the adapter, and catches whatever it throws (law
 * 1).
 */
final class Dispatcher implements Function<Object[], @Nullable UnaryOperator<Throwable>> {
  private final Engine engine;
  private final Adapters adapters;
  private final JaxRs jaxRs;

  Dispatcher(Engine engine, JaxRs jaxRs) {
    this.jaxRs = jaxRs;
    this.engine = engine;
    this.adapters = new Adapters(engine);
  }

  @Override
  public @Nullable UnaryOperator<Throwable> apply(Object[] slots) {
    return Privileged.matters() ? Privileged.run(() -> enter(slots)) : enter(slots);
  }

  private @Nullable UnaryOperator<Throwable> enter(Object[] slots) {
    Call call = new Call(slots);
    Object target = call.target();
    Object request = call.request();
    Object response = call.response();
    try {
      if (call.point().equals(Points.JAX_RS)) {
        jaxRs.register(target);
        return null;
      }
      UnaryOperator<@Nullable Throwable> exit =
          switch (call.point()) {
            case Points.APPLICATION -> engine.applicationCaches().enter(call);
            case Points.CACHED -> engine.applicationCaches().enterMethod(call);
            default -> adapters.of(target.getClass()).enter(call);
          };
      return exit == null ? null : thrown -> end(exit, thrown);
    } catch (Throwable t) {
      engine.errors().record("the way into a call", t);
      call.untouched(target, request, response);
      return null;
    }
  }

  @SuppressWarnings("NullAway") // nothing thrown is null, here as in the woven code
  private Throwable end(UnaryOperator<@Nullable Throwable> exit, Throwable thrown) {
    try {
      return Privileged.matters() ? Privileged.run(() -> exit.apply(thrown)) : exit.apply(thrown);
    } catch (Throwable t) {
      engine.errors().record("the way out of a call", t);
      return thrown;
    }
  }

  /** Lets the application's classes go. Exchanges under way end as they would have. */
  void close() {
    adapters.close();
  }
}
