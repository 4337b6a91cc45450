package dev.slipstream.engine;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the calls of a class's woven methods lead to. */
public interface EntryPoint {
  /**
   * Begins a call of a woven method.
   *
   * @return what ends it, from what the method threw to what is thrown; null where there is nothing
   *     to end
   */
  @Nullable UnaryOperator<@Nullable Throwable> enter(Call call);
}
