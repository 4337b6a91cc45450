package dev.slipstream.agent;

import net.bytebuddy.asm.Advice;

/**
 * What is woven around the methods by which gateways note a field of an origin's answer.
 *
 * <p>Zuul, for one, keeps Set-Cookie from its clients: what an origin has made for one client looks
 * as if it were for everyone.
 */
final class OriginFieldAdvice {
  /** Zuul 1's, by the class's internal name, and the method. */
  static final String ZUUL = "com/netflix/zuul/context/RequestContext";

  static final String ZUUL_METHOD = "addOriginResponseHeader";

  private OriginFieldAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(
      @Advice.This Object context,
      @Advice.Argument(0) Object name,
      @Advice.Argument(1) Object value) {
    SlipstreamGate.enter(Points.ORIGIN_FIELD, context, name, value, null);
  }
}
