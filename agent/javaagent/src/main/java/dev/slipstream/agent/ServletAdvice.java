package dev.slipstream.agent;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * What is woven around {@code HttpServlet.service(ServletRequest, ServletResponse)}: its code is
 * copied there, and only ever speaks to the gate.
 */
final class ServletAdvice {
  private ServletAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @Advice.This Object servlet,
      @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object request,
      @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object response,
      @Advice.Local("call") Object[] call) {
    call = SlipstreamGate.enter(servlet, request, response);
    if (call == null) {
      return false;
    }
    request = call[SlipstreamGate.REQUEST];
    response = call[SlipstreamGate.RESPONSE];
    return call[SlipstreamGate.TARGET] == null;
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
  static void exit(
      @Advice.Local("call") Object[] call, @Advice.Thrown(readOnly = false) Throwable thrown) {
    thrown = SlipstreamGate.exit(call, thrown);
  }
}
