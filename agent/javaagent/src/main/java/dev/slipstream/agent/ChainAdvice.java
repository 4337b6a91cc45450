package dev.slipstream.agent;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * What is woven around a filter chain's {@code doFilter}: as {@link ServletAdvice}, never skipped.
 */
final class ChainAdvice {
  private ChainAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(
      @Advice.This Object chain,
      @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object request,
      @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object response) {
    Object[] call = SlipstreamGate.enter(Points.CHAIN, chain, request, response, null);
    if (call != null) {
      request = call[SlipstreamGate.FIRST];
      response = call[SlipstreamGate.SECOND];
    }
  }
}
