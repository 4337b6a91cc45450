package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.servlet.BackgroundRun.Answer;
import dev.slipstream.servlet.BackgroundRun.Outcome;
import dev.slipstream.servlet.LiveContainer.Kind;
import dev.slipstream.servlet.LiveContainer.Received;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a servlet answers in the background is what it answers a client of a real container. */
class BackgroundRunTest {
  private static final int MAX_BODY = 200_000;

  @TempDir private Path folder;

  private interface Application {
    void service(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  /** Takes a snapshot of each request first, as an adapter would; {@code /replay} is a hit. */
  private static final class Tried extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Application application;
    private transient volatile SnapshotRequest snapshot;
    private transient volatile HttpServletRequest original;
    private transient volatile Answer replayed;

    Tried(Application application) {
      this.application = application;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if ("/replay".equals(request.getPathInfo())) {
        replay(response);
        return;
      }
      if (!BackgroundRun.isBackground(request) && "/first".equals(request.getPathInfo())) {
        request.setAttribute("of a filter", "its value");
        request.setAttribute("list of a filter", new ArrayList<>(List.of("a", "b")));
        original = request;
        snapshot = SnapshotRequest.of(request);
      }
      try {
        application.service(request, response);
      } catch (ServletException | IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new ServletException(e);
      }
    }

    private void replay(HttpServletResponse response) throws IOException {
      response.setStatus(replayed.status());
      replayed
          .fields()
          .forEach(
              (name, value) -> {
                if (name.equals("Content-Type")) {
                  response.setContentType(value);
                } else {
                  response.addHeader(name, value);
                }
              });
      response.getOutputStream().write(replayed.body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_requestOfALaterTime_saysAllThatTheRequestSaid(Kind kind) throws Exception {
    Tried servlet = new Tried((request, response) -> write(response, RequestDump.of(request)));
    try (LiveContainer container = LiveContainer.start(kind, folder, servlet)) {
      Received received =
          container.get(
              "/first?a=1&b=%C3%A4&a=2&flag",
              "Accept-Language",
              "de-AT, fr;q=0.5",
              "X-Number",
              "42",
              "X-Date",
              "Sun, 01 Mar 2026 12:00:00 GMT",
              "X-Twice",
              "one",
              "X-Twice",
              "two",
              "Cookie",
              "a=b; c=d",
              "Content-Type",
              "text/plain; charset=utf-8");
      reuseConnection(container);

      Answer answer = answer(servlet);

      assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(text(received));
      assertThat(text(received))
          .contains("all x-twice: [one, two]")
          .contains("locales: [de_AT, fr]")
          .contains("attribute of a filter: its value")
          .contains("values: [1, 2]");
      if (kind == Kind.TOMCAT) {
        // The container's own object is another's by now.
        assertThatThrownBy(() -> RequestDump.of(servlet.original))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  private void reuseConnection(LiveContainer container) throws Exception {
    for (int i = 0; i < 3; i++) {
      container.get("/other/" + i + "?other=" + i, "X-Other", "o", "Accept-Language", "it");
    }
  }

  static Stream<Arguments> answers() {
    List<Named<Application>> applications = new ArrayList<>();
    Map<String, Application> named =
        Map.ofEntries(
            Map.entry("text in UTF-8", (q, r) -> write(r, "ä€\uD83D\uDE00")),
            Map.entry("writer without type", (q, r) -> r.getWriter().write("ä")),
            Map.entry("writer of JSON", (q, r) -> typed(r, "application/json").write("\"ä\"")),
            Map.entry("writer of HTML", (q, r) -> typed(r, "text/html").write("ä")),
            Map.entry("writer of text", (q, r) -> typed(r, "text/plain; a=b").write("ä")),
            Map.entry(
                "writer of a vendor's type", (q, r) -> typed(r, "application/x-y").write("ä")),
            Map.entry(
                "writer of quoted charset",
                (q, r) -> typed(r, "text/x; charset=\"UTF-16\"").write("ä")),
            Map.entry(
                "charset, then JSON",
                (q, r) -> {
                  r.setCharacterEncoding("utf-8");
                  typed(r, "application/json").write("ä");
                }),
            Map.entry(
                "JSON, then charset",
                (q, r) -> {
                  r.setContentType("application/json");
                  r.setCharacterEncoding("utf-8");
                  r.getWriter().write("ä");
                }),
            Map.entry(
                "JSON with charset",
                (q, r) -> typed(r, "application/json;charset=utf-8").write("ä")),
            Map.entry(
                "HTML, charset twice",
                (q, r) -> {
                  r.setContentType("text/html;charset=utf-8");
                  r.setCharacterEncoding("ISO-8859-15");
                  r.getWriter().write("€");
                }),
            Map.entry(
                "charset after the writer",
                (q, r) -> {
                  r.setContentType("text/html;charset=utf-8");
                  r.getWriter().write("ä");
                  r.setCharacterEncoding("ISO-8859-1");
                  r.setContentType("text/xml;charset=ISO-8859-1");
                  r.getWriter().write("ä" + r.getCharacterEncoding());
                }),
            Map.entry(
                "type as a field",
                (q, r) -> {
                  r.setHeader("content-type", "text/html;charset=utf-8");
                  r.getWriter()
                      .write("ä" + r.containsHeader("Content-Type") + r.getCharacterEncoding());
                }),
            Map.entry(
                "stream with type",
                (q, r) -> {
                  r.setContentType("image/png");
                  r.getOutputStream().write(new byte[] {1, 2, 3});
                }),
            Map.entry(
                "stream's print",
                (q, r) -> {
                  r.getOutputStream().println("text");
                  r.getOutputStream().print(1);
                }),
            Map.entry(
                "writer's println",
                (q, r) -> {
                  typed(r, "text/plain;charset=utf-8").println("text");
                  r.getWriter().format(Locale.ROOT, "%05d", 42);
                }),
            Map.entry(
                "locale and stream",
                (q, r) -> {
                  r.setLocale(Locale.CANADA_FRENCH);
                  r.getOutputStream().write(1);
                }),
            Map.entry(
                "locale, charset and writer",
                (q, r) -> {
                  r.setContentType("text/plain;charset=utf-8");
                  r.setLocale(Locale.JAPANESE);
                  r.getWriter().write("ä" + r.getLocale() + r.getCharacterEncoding());
                }),
            Map.entry(
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
            Map.entry(
                "status",
                (q, r) -> {
                  r.setStatus(203);
                  r.getOutputStream().print(r.getStatus());
                }),
            Map.entry("no content", (q, r) -> r.setStatus(204)),
            Map.entry(
                "length stated",
                (q, r) -> {
                  r.setContentLength(3);
                  r.getOutputStream().print("abc");
                }),
            Map.entry("relative redirect", (q, r) -> r.sendRedirect("other?x=1#y")),
            Map.entry("redirect to a path", (q, r) -> r.sendRedirect("/other")),
            Map.entry("redirect to a query", (q, r) -> r.sendRedirect("?x=1")),
            Map.entry("redirect up", (q, r) -> r.sendRedirect("../up")),
            Map.entry("absolute redirect", (q, r) -> r.sendRedirect("http://example.org/a?b#c")),
            Map.entry(
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
            Map.entry(
                "flush of a writer",
                (q, r) -> {
                  r.getWriter().write("a");
                  r.getWriter().flush();
                  r.getWriter().write("" + r.isCommitted());
                }),
            Map.entry(
                "reset",
                (q, r) -> {
                  r.setStatus(201);
                  r.setHeader("X-A", "1");
                  typed(r, "text/html").write("gone\uD83D");
                  r.reset();
                  r.getOutputStream()
                      .print(r.getContentType() + r.getCharacterEncoding() + r.getStatus());
                }),
            Map.entry(
                "reset of the buffer",
                (q, r) -> {
                  r.setHeader("X-A", "1");
                  typed(r, "text/plain;charset=utf-8").write("gone\uD83D");
                  r.resetBuffer();
                  r.getWriter().write("kept");
                }),
            Map.entry(
                "either or",
                (q, r) -> {
                  r.getWriter().write("a" + caught(r::getOutputStream));
                }),
            Map.entry(
                "either or, the other way",
                (q, r) -> {
                  r.getOutputStream().print("a" + caught(r::getWriter));
                }),
            Map.entry(
                "much",
                (q, r) -> {
                  for (int i = 0; i < 100; i++) {
                    r.getOutputStream().print(r.isCommitted() + "x".repeat(990));
                  }
                }),
            Map.entry(
                "state of a new response",
                (q, r) ->
                    r.getOutputStream()
                        .print(
                            r.getBufferSize()
                                + r.getCharacterEncoding()
                                + r.getContentType()
                                + r.getLocale()
                                + r.getStatus()
                                + r.getHeaderNames()
                                + r.isCommitted()
                                + r.encodeURL("/a")
                                + r.encodeRedirectURL("/b")
                                + r.getTrailerFields())),
            Map.entry(
                "greater buffer",
                (q, r) -> {
                  r.setBufferSize(100_000);
                  r.getOutputStream().print("x".repeat(50_000));
                  r.getOutputStream()
                      .print("" + r.isCommitted() + caught(() -> r.setBufferSize(5)));
                }),
            Map.entry(
                "closed stream",
                (q, r) -> {
                  r.getOutputStream().print("a");
                  r.getOutputStream().close();
                  r.setHeader("X-Late", "1");
                }),
            Map.entry(
                "unwrapped",
                (q, r) ->
                    r.getOutputStream()
                        .print(
                            bare(q).getRequestURI()
                                + bare(q).getHeader("X-Kept")
                                + bare(q).getMethod())));
    named.forEach((name, application) -> applications.add(Named.of(name, application)));
    return Stream.of(Kind.values())
        .flatMap(kind -> applications.stream().map(named1 -> Arguments.of(kind, named1)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void run_answer_servedFromTheCache_isWhatTheClientGot(Kind kind, Application application)
      throws Exception {
    Tried servlet = new Tried(application);
    try (LiveContainer container = LiveContainer.start(kind, folder, servlet)) {
      Received received = container.get("/first", "X-Kept", "kept");
      reuseConnection(container);
      Answer answer = answer(servlet);
      servlet.replayed = answer;
      Received replayed = container.get("/replay");

      assertThat(replayed.status()).isEqualTo(received.status());
      assertThat(text(replayed)).isEqualTo(text(received));
      assertThat(replayed.body()).isEqualTo(received.body());
      assertThat(replayed.fields()).isEqualTo(received.fields());
      assertThat(answer.error()).isFalse();
    }
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

  private static String text(Received received) {
    return new String(received.body(), StandardCharsets.UTF_8);
  }

  private static Answer answer(Tried servlet) {
    Outcome outcome = new BackgroundRun(servlet, servlet.snapshot, MAX_BODY).run();
    assertThat(outcome).isInstanceOf(Answer.class);
    return (Answer) outcome;
  }
}
