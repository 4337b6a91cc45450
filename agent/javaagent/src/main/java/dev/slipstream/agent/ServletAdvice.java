package dev.slipstream.agent;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import net.bytebuddy.asm.Advice;

/**
 * What is woven around a method that gets a request and a response, above all a servlet's {@code
 * service}: its code is copied there, and only ever speaks to the gate.
 */
final class ServletAdvice {
  private ServletAdvice() {}

  /** The argument that is the request; the weaver knows which. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Request {}

  /** The argument that is the response. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Response {}

  @Advice.OnMethodEnter(suppress = Throwable.class, skipOn = Advice.OnNonDefaultValue.class)
  static boolean enter(
      @Advice.This Object servlet,
      @Request Object request,
      @Response Object response,
      @Advice.Local("call") Object[] call) {
    call = SlipstreamGate.enter(Points.SERVLET, servlet, request, response, null);
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
