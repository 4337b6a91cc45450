package dev.slipstream.agent;

import net.bytebuddy.asm.Advice;

/** What is woven where an application is being set up: its code is copied there. */
final class JaxRsAdvice {
  private JaxRsAdvice() {}

  /** Around Jersey's {@code ResourceConfig.createRuntimeConfig}. */
  static final class Returned {
    private Returned() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return Object configurable) {
      SlipstreamGate.enter(Points.JAX_RS, configurable, null, null, null);
    }
  }

  /** Around constructors of RESTEasy's {@code SynchronousDispatcher}. */
  static final class Given {
    private Given() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Object configurable) {
      SlipstreamGate.enter(Points.JAX_RS, configurable, null, null, null);
    }
  }

  /** Around CXF's {@code JAXRSServerFactoryBean.create}. */
  static final class This {
    private This() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object configurable) {
      SlipstreamGate.enter(Points.JAX_RS, configurable, null, null, null);
    }
  }
}
