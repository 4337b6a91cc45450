package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileScanTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        HttpServlet.class,
        HttpFilter.class,
        Plain.class,
        Answering.class,
        ByDefault.class,
        Chain.class
      })
  void of_whatContainersCall(Class<?> type) throws IOException {
    assertThat(ClassFileScan.of(bytesOf(type)).isEntryPoint()).isTrue();
    assertThat(ClassFileScan.of(JavaxRemapping.apply(bytesOf(type))).isEntryPoint()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Object.class,
        String.class,
        Servlet.class,
        Filter.class,
        FilterChain.class,
        GenericServlet.class,
        Calling.class,
        Alike.class,
        Module.class
      })
  void of_anythingElse_doesNot(Class<?> type) throws IOException {
    assertThat(ClassFileScan.of(bytesOf(type))).isEqualTo(ClassFileScan.Found.NOTHING);
  }

  @Test
  void of_bytesCutAnywhere_neverThrows() throws IOException {
    byte[] whole = bytesOf(Answering.class);

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(ClassFileScan.of(cut)).isNotNull();
    }
    assertThat(ClassFileScan.of(null)).isEqualTo(ClassFileScan.Found.NOTHING);
    assertThat(ClassFileScan.of(new byte[64])).isEqualTo(ClassFileScan.Found.NOTHING);
  }

  @Test
  void of_bytesChangedAnywhere_neverThrows() throws IOException {
    byte[] whole = bytesOf(Answering.class);

    for (int i = 0; i < whole.length; i++) {
      for (byte changed : new byte[] {0, 1, 5, 127, -1}) {
        byte[] damaged = whole.clone();
        damaged[i] = changed;
        assertThat(ClassFileScan.of(damaged)).isNotNull();
      }
    }
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (InputStream in =
        type.getResourceAsStream('/' + type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    }
  }

  /** Has constants of every width before what is looked for. */
  @SuppressWarnings("serial")
  private static final class Plain extends GenericServlet {
    static final long LONG = 1L << 40;
    static final double DOUBLE = 0.1;

    @Override
    public void service(ServletRequest request, ServletResponse response) {
      Runnable lambda = () -> request.setAttribute("a" + LONG, DOUBLE);
      lambda.run();
    }
  }

  private static final class Answering implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
  }

  private interface ByDefault extends Filter {
    @Override
    default void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
  }

  private static final class Chain implements FilterChain {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {}
  }

  /** Only calls. */
  static final class Calling {
    void call(Servlet servlet, FilterChain chain, ServletRequest request, ServletResponse response)
        throws Exception {
      servlet.service(request, response);
      chain.doFilter(request, response);
    }
  }

  /**
   * The right name with another descriptor, the right descriptor with another name, no instance.
   */
  abstract static class Alike {
    void service(ServletRequest request) {}

    void serve(ServletRequest request, ServletResponse response) {}

    abstract void doFilter(ServletRequest request, ServletResponse response, FilterChain chain);

    static void service(ServletRequest request, ServletResponse response) {}
  }
}
