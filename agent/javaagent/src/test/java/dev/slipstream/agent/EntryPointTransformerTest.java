package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryPointTransformerTest {
  private final EntryPointTransformer transformer =
      new EntryPointTransformer(new AgentRuntime("", brokenInstrumentation()));

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "java/lang/Object",
        "jakarta/servlet/GenericServlet",
        "jakarta/servlet/http/HttpServletRequest",
        "com/acme/jakarta/servlet/http/HttpServlet",
        "java/util/logging/LogManager"
      })
  void transform_anythingElse_isLeftAlone(String name) {
    assertThat(transform(name)).isNull();
  }

  /** Law 1: it says so on standard error, and the class is loaded as it is. */
  @ParameterizedTest
  @ValueSource(strings = {"jakarta/servlet/http/HttpServlet", "javax/servlet/http/HttpServlet"})
  void transform_entryPointThatCannotBeWoven_isLeftAlone(String name) {
    assertThat(transform(name)).isNull();
  }

  @Test
  void isApi_whatContainersCall() {
    assertThat(EntryPointTransformer.isApi(Servlet.class)).isTrue();
    assertThat(EntryPointTransformer.isApi(Filter.class)).isTrue();
    assertThat(EntryPointTransformer.isApi(HttpServlet.class)).isFalse();
  }

  private byte[] transform(String name) {
    Module module = HttpServlet.class.getModule();
    ClassLoader loader = HttpServlet.class.getClassLoader();
    return transformer.transform(module, loader, name, null, null, new byte[] {1, 2, 3});
  }

  private static Instrumentation brokenInstrumentation() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            EntryPointTransformerTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              throw new Broken(method.getName());
            });
  }

  /** Has no stack trace that would fill the build's log. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message, null, false, false);
    }
  }
}
