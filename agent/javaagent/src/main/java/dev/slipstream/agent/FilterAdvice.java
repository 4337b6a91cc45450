package dev.slipstream.agent;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What is woven around a filter's {@code doFilter}: as {@link ServletAdvice}. */
final class FilterAdvice {
  private FilterAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @Advice.This Object filter,
      @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object request,
      @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object response,
      @Advice.Local("call") Object[] call) {
    call = SlipstreamGate.enter(Points.FILTER, filter, request, response, null);
    if (call == null) {
      return false;
    }
    request = call[SlipstreamGate.FIRST];
    response = call[SlipstreamGate.SECOND];
    return call[SlipstreamGate.TARGET] == null;
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  static void exit(
      @Advice.Local("call") Object[] call, @Advice.Thrown(readOnly = false) Throwable thrown) {
    thrown = SlipstreamGate.exit(call, thrown);
  }
}
