package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.servlet.BackgroundRun.Answer;
import dev.slipstream.servlet.LiveContainer.Kind;
import dev.slipstream.servlet.LiveContainer.Received;
import dev.slipstream.servlet.TriedServlet.Application;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a servlet answers in the background is what it answers a client of a real container. */
class BackgroundAnswerTest {
  private static final Map<Kind, LiveContainer> CONTAINERS = new EnumMap<>(Kind.class);

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    for (Kind kind : Kind.values()) {
      CONTAINERS.put(kind, LiveContainer.start(kind, folder));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    for (LiveContainer container : CONTAINERS.values()) {
      container.close();
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(Kind.values())
        .flatMap(kind -> applications().stream().map(tried -> Arguments.of(kind, tried)));
  }

  private static List<Named<Application>> applications() {
    return List.of(
        Named.of("text in UTF-8", (q, r) -> write(r, "ä€\uD83D\uDE00")),
        Named.of("writer without type", (q, r) -> r.getWriter().write("ä")),
        Named.of("writer of JSON", (q, r) -> typed(r, "application/json").write("\"ä\"")),
        Named.of("writer of HTML", (q, r) -> typed(r, "text/html").write("ä")),
        Named.of("writer of text", (q, r) -> typed(r, "text/plain").write("ä")),
        Named.of("writer of a vendor's type", (q, r) -> typed(r, "application/x-y").write("ä")),
        Named.of(
            "writer of quoted charset",
            (q, r) -> typed(r, "text/x; charset=\"UTF-16\"").write("ä")),
        Named.of(
            "charset, then JSON",
            (q, r) -> {
              r.setCharacterEncoding("utf-8");
              typed(r, "application/json").write("ä");
            }),
        Named.of(
            "JSON, then charset",
            (q, r) -> {
              r.setContentType("application/json");
              r.setCharacterEncoding("utf-8");
              r.getWriter().write("ä");
            }),
        Named.of(
            "JSON with charset", (q, r) -> typed(r, "application/json;charset=utf-8").write("ä")),
        Named.of(
            "HTML, charset twice",
            (q, r) -> {
              r.setContentType("text/html;charset=utf-8");
              r.setCharacterEncoding("ISO-8859-15");
              r.getWriter().write("€");
            }),
        Named.of(
            "charset after the writer",
            (q, r) -> {
              r.setContentType("text/html;charset=utf-8");
              r.getWriter().write("ä");
              r.setCharacterEncoding("ISO-8859-1");
              r.setContentType("text/xml;charset=ISO-8859-1");
              r.getWriter().write("ä" + r.getCharacterEncoding());
            }),
        Named.of(
            "type as a field",
            (q, r) -> {
              r.setHeader("content-type", "text/html;charset=utf-8");
              r.getWriter()
                  .write("ä" + r.containsHeader("Content-Type") + r.getCharacterEncoding());
            }),
        Named.of(
            "stream with type",
            (q, r) -> {
              r.setContentType("image/png");
              r.getOutputStream().write(new byte[] {1, 2, 3});
            }),
        Named.of(
            "stream's print",
            (q, r) -> {
              r.getOutputStream().println("text");
              r.getOutputStream().print(1);
            }),
        Named.of(
            "writer's println",
            (q, r) -> {
              typed(r, "text/plain;charset=utf-8").println("text");
              r.getWriter().format(Locale.ROOT, "%05d", 42);
            }),
        Named.of(
            "locale and stream",
            (q, r) -> {
              r.setLocale(Locale.CANADA_FRENCH);
              r.getOutputStream().write(1);
            }),
        Named.of(
            "locale, charset and writer",
            (q, r) -> {
              r.setContentType("text/plain;charset=utf-8");
              r.setLocale(Locale.JAPANESE);
              r.getWriter().write("ä" + r.getLocale() + r.getCharacterEncoding());
            }),
        Named.of(
            "fields",
            (q, r) -> {
              r.setHeader("X-A", "0");
              r.setHeader("x-a", "1");
              r.addHeader("X-A", "2");
              r.setIntHeader("X-Int", 5);
              r.addIntHeader("X-Int", 6);
              r.setDateHeader("Expires", 0);
              r.addDateHeader("X-Date", 1000);
              r.setHeader("X-Null", "1");
              r.setHeader("X-Null", null);
              r.addHeader("X-None", null);
              r.setHeader("X-Empty", "");
              r.getOutputStream()
                  .print(
                      r.getHeader("X-A")
                          + r.getHeaders("X-A")
                          + r.getHeader("X-No")
                          + r.getHeaders("X-No")
                          + r.containsHeader("x-int")
                          + r.containsHeader("X-Null"));
            }),
        Named.of(
            "status",
            (q, r) -> {
              r.setStatus(203);
              r.getOutputStream().print(r.getStatus());
            }),
        Named.of("no content", (q, r) -> r.setStatus(204)),
        Named.of(
            "length stated",
            (q, r) -> {
              r.setContentLength(3);
              r.getOutputStream().print("abc");
            }),
        Named.of("relative redirect", (q, r) -> r.sendRedirect("other?x=1#y")),
        Named.of("redirect to a path", (q, r) -> r.sendRedirect("/other")),
        Named.of("redirect to a query", (q, r) -> r.sendRedirect("?x=1")),
        Named.of("redirect up", (q, r) -> r.sendRedirect("../up")),
        Named.of("absolute redirect", (q, r) -> r.sendRedirect("http://example.org/a?b#c")),
        Named.of(
            "flush, then fields",
            (q, r) -> {
              r.setHeader("X-A", "1");
              r.getOutputStream().print("a" + r.isCommitted());
              r.flushBuffer();
              r.setHeader("X-A", "2");
              r.setStatus(500);
              r.setContentType("text/html");
              r.getOutputStream()
                  .print("b" + r.isCommitted() + caught(r::resetBuffer) + caught(r::reset));
            }),
        Named.of(
            "flush of a writer",
            (q, r) -> {
              r.getWriter().write("a");
              r.getWriter().flush();
              r.getWriter().write("" + r.isCommitted());
            }),
        Named.of(
            "reset",
            (q, r) -> {
              r.setStatus(201);
              r.setHeader("X-A", "1");
              typed(r, "text/html").write("gone\uD83D");
              r.reset();
              r.getOutputStream()
                  .print(r.getContentType() + r.getCharacterEncoding() + r.getStatus());
            }),
        Named.of(
            "reset of the buffer",
            (q, r) -> {
              r.setHeader("X-A", "1");
              typed(r, "text/plain;charset=utf-8").write("gone");
              r.resetBuffer();
              r.getWriter().write("kept");
            }),
        Named.of(
            "either or",
            (q, r) -> {
              r.getWriter().write("a" + caught(r::getOutputStream));
            }),
        Named.of(
            "either or, the other way",
            (q, r) -> {
              r.getOutputStream().print("a" + caught(r::getWriter));
            }),
        Named.of(
            "much",
            (q, r) -> {
              for (int i = 0; i < 100; i++) {
                r.getOutputStream().print(r.isCommitted() + "x".repeat(990));
              }
            }),
        Named.of(
            "state of a new response",
            (q, r) ->
                r.getOutputStream()
                    .print(
                        r.getBufferSize()
                            + r.getCharacterEncoding()
                            + r.getContentType()
                            + r.getLocale()
                            + r.getStatus()
                            + r.isCommitted()
                            + r.encodeURL("/a")
                            + r.encodeRedirectURL("/b")
                            + r.getTrailerFields())),
        Named.of(
            "greater buffer",
            (q, r) -> {
              r.setBufferSize(100_000);
              r.getOutputStream().print("x".repeat(50_000));
              r.getOutputStream().print("" + r.isCommitted() + caught(() -> r.setBufferSize(5)));
            }),
        Named.of(
            "closed stream",
            (q, r) -> {
              r.getOutputStream().print("a");
              r.getOutputStream().close();
              r.setHeader("X-Late", "1");
            }),
        Named.of(
            "unwrapped",
            (q, r) ->
                r.getOutputStream()
                    .print(
                        bare(q).getRequestURI()
                            + bare(q).getHeader("X-Kept")
                            + bare(q).getMethod())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("answers")
  void run_answer_servedFromTheCache_isWhatTheClientGot(Kind kind, Application application)
      throws Exception {
    LiveContainer container = CONTAINERS.get(kind);
    TriedServlet servlet = container.tries(application);
    Received received = container.get("/first", "X-Kept", "kept");
    container.reuseConnection();
    Answer answer = servlet.answerInTheBackground();
    Received replayed = container.getReplay(answer);

    assertThat(replayed.status()).isEqualTo(received.status());
    assertThat(replayed.text()).isEqualTo(received.text());
    assertThat(replayed.body()).isEqualTo(received.body());
    assertThat(replayed.fields()).isEqualTo(received.fields());
    assertThat(answer.error()).isFalse();
  }

  private static PrintWriter typed(HttpServletResponse response, String type) throws IOException {
    response.setContentType(type);
    return response.getWriter();
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    typed(response, "text/plain;charset=utf-8").write(text);
  }

  private interface VoidCall {
    void call() throws Exception;
  }

  private static String caught(VoidCall call) {
    try {
      call.call();
      return "-";
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  private static HttpServletRequest bare(HttpServletRequest request) {
    HttpServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = (HttpServletRequest) wrapper.getRequest();
    }
    return inner;
  }
}
