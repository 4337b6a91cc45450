package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.servlet.BackgroundRun.Answer;
import dev.slipstream.servlet.BackgroundRun.Failed;
import dev.slipstream.servlet.BackgroundRun.Outcome;
import dev.slipstream.servlet.BackgroundRun.Unfaithful;
import dev.slipstream.servlet.LiveContainer.Kind;
import dev.slipstream.servlet.LiveContainer.Received;
import dev.slipstream.servlet.TriedServlet.Application;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Background runs of servlets in real containers. */
class BackgroundRunTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void run_requestOfALaterTime_saysAllThatTheRequestSaid(Kind kind) throws Exception {
    try (LiveContainer container = LiveContainer.start(kind, folder)) {
      TriedServlet servlet =
          container.tries(
              (request, response) -> {
                String dump = RequestDump.of(request);
                response.getOutputStream().write(dump.getBytes(StandardCharsets.UTF_8));
              });
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
      container.reuseConnection();

      byte[] body = servlet.answerInTheBackground().body();

      assertThat(body).asString(StandardCharsets.UTF_8).isEqualTo(received.text());
      assertThat(received.text())
          .contains("all X-Twice: [one, two]")
          .contains("locales: [de_AT, fr]")
          .contains("attribute of a filter: its value")
          .contains("values: [1, 2]");
      if (kind == Kind.TOMCAT) {
        // The container's own object is another's by now.
        assertThatThrownBy(() -> RequestDump.of(servlet.original()))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  /** Left to itself Tomcat would leave the body empty, without a word. */
  @ParameterizedTest
  @EnumSource
  void run_dispatcherOfTheContext_isUnfaithful(Kind kind) throws Exception {
    try (LiveContainer container = LiveContainer.start(kind, folder)) {
      for (boolean forward : new boolean[] {true, false}) {
        TriedServlet servlet =
            container.tries(
                (request, response) -> {
                  if (request.getPathInfo().equals("/first")
                      && request.getDispatcherType() == DispatcherType.REQUEST) {
                    response.getOutputStream().print("before ");
                    RequestDispatcher dispatcher =
                        request.getServletContext().getRequestDispatcher("/tried/target?x=1");
                    if (forward) {
                      dispatcher.forward(request, response);
                    } else {
                      dispatcher.include(request, response);
                    }
                  } else {
                    response
                        .getOutputStream()
                        .print(
                            request.getDispatcherType()
                                + request.getRequestURI()
                                + request.getParameter("x")
                                + request.getAttribute("of a filter")
                                + request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI)
                                + request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI));
                  }
                });
        Received received = container.get("/first");
        container.reuseConnection();
        Outcome outcome = servlet.runInTheBackground();

        assertThat(received.text()).contains(forward ? "FORWARD" : "INCLUDE");
        assertThat(outcome).isInstanceOf(Unfaithful.class);
      }
    }
  }

  static Stream<Arguments> lost() {
    return Stream.of(
        use("getSession", (q, r) -> q.getSession()),
        use("getSession", (q, r) -> q.getSession(true)),
        use("changeSessionId", (q, r) -> q.changeSessionId()),
        use("login", (q, r) -> q.login("a", "b")),
        use("logout", (q, r) -> q.logout()),
        use("authenticate", (q, r) -> q.authenticate(r)),
        use("upgrade", (q, r) -> q.upgrade(HttpUpgradeHandler.class)),
        use("getParts", (q, r) -> q.getParts()),
        use("getPart", (q, r) -> q.getPart("a")),
        use("startAsync", (q, r) -> q.startAsync()),
        use("startAsync", (q, r) -> q.startAsync(q, r)),
        use("forward", (q, r) -> q.getRequestDispatcher("/a").forward(q, r)),
        use("include", (q, r) -> q.getRequestDispatcher("a").include(q, r)),
        use("setReadListener", (q, r) -> q.getInputStream().setReadListener(null)),
        use("setWriteListener", (q, r) -> r.getOutputStream().setWriteListener(null)),
        use("setTrailerFields", (q, r) -> r.setTrailerFields(null)),
        use("getLocalName", (q, r) -> q.getLocalName()),
        use("newPushBuilder", (q, r) -> q.newPushBuilder()),
        use("isTrailerFieldsReady", (q, r) -> q.isTrailerFieldsReady()),
        use("getRequestId", (q, r) -> ofApi6(q, "getRequestId")),
        use("getProtocolRequestId", (q, r) -> ofApi6(q, "getProtocolRequestId")),
        use("getServletConnection", (q, r) -> ofApi6(q, "getServletConnection")),
        use("attribute a thing", (q, r) -> q.getAttribute("a thing")),
        use(
            "attribute org.apache.tomcat.sendfile.filename",
            (q, r) -> q.setAttribute("org.apache.tomcat.sendfile.filename", "/a")),
        use("setCharacterEncoding", (q, r) -> q.setCharacterEncoding("UTF-16")),
        use(
            "a writer with the charset of a locale",
            (q, r) -> {
              r.setLocale(Locale.JAPANESE);
              r.getWriter();
            }),
        use("a stream's print of other than ASCII", (q, r) -> r.getOutputStream().print("\u00E4")),
        use("a body of more than 1000 bytes", (q, r) -> r.getOutputStream().write(new byte[1001])),
        use("a body of more than 1000 bytes", (q, r) -> r.getWriter().write("x".repeat(1001))));
  }

  private static Arguments use(String what, Application application) {
    return Arguments.of(what, application);
  }

  private static void ofApi6(HttpServletRequest request, String method)
      throws ReflectiveOperationException {
    ServletRequest.class.getMethod(method).invoke(request);
  }

  /** Whether the application goes on all the same makes no difference. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("lost")
  void run_useOfWhatASnapshotCannotGive_isUnfaithful(String what, Application use) {
    Servlet throwing = servlet(use);
    Servlet catching =
        servlet(
            (request, response) -> {
              try {
                use.service(request, response);
              } catch (Exception e) {
                response.setStatus(200);
              }
            });

    assertThat(new BackgroundRun(throwing, snapshot(), 1000).run()).isEqualTo(new Unfaithful(what));
    assertThat(new BackgroundRun(catching, snapshot(), 1000).run()).isEqualTo(new Unfaithful(what));
  }

  @Test
  void run_servletThatThrows_failed() {
    RuntimeException thrown = new IllegalStateException("no backend");

    Outcome outcome =
        run(
            (request, response) -> {
              response.getWriter().write("so far");
              throw thrown;
            });

    assertThat(outcome).isEqualTo(new Failed(thrown));
  }

  @Test
  void run_stackTooDeep_failed() {
    assertThat(
            run(
                (request, response) -> {
                  throw new StackOverflowError();
                }))
        .isInstanceOf(Failed.class);
  }

  @Test
  void run_processInTrouble_passesItOn() {
    assertThatThrownBy(
            () ->
                run(
                    (request, response) -> {
                      throw new OutOfMemoryError("of a test");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 503})
  void run_sendError_isAnAnswerWithoutTheContainersPage(int status) {
    Answer answer =
        (Answer)
            run(
                (request, response) -> {
                  response.setHeader("Retry-After", "1");
                  response.getWriter().write("so far");
                  response.sendError(status, "why");
                  response.getWriter().write("too late");
                  response.setStatus(200);
                });

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).isTrue();
    assertThat(answer.body()).isEmpty();
    assertThat(answer.fields().first("Retry-After")).isEqualTo("1");
  }

  /** A framework that finds no asynchronous mode may well answer with an error of its own. */
  @Test
  void run_errorOnceAsynchronousModeWasAskedFor_isUnfaithful() {
    assertThat(run((request, response) -> response.setStatus(request.isAsyncSupported() ? 1 : 500)))
        .isEqualTo(new Unfaithful("isAsyncSupported"));
    assertThat(run((request, response) -> response.setStatus(request.isAsyncSupported() ? 1 : 200)))
        .isInstanceOf(Answer.class);
  }

  @Test
  void run_contextClassLoader_isThatOfTheRequestsThread() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ClassLoader ofTheApplication = new ClassLoader("web application", before) {};
    AtomicReference<ClassLoader> met = new AtomicReference<>();
    thread.setContextClassLoader(ofTheApplication);
    SnapshotRequest snapshot = snapshot();
    thread.setContextClassLoader(before);
    Servlet servlet =
        servlet(
            (request, response) -> {
              met.set(thread.getContextClassLoader());
              thread.setContextClassLoader(null);
            });

    new BackgroundRun(servlet, snapshot, 1000).run();

    assertThat(met).hasValue(ofTheApplication);
    assertThat(thread.getContextClassLoader()).isSameAs(before);
  }

  @Test
  void isBackground_findsTheSnapshotInsideAndOut() {
    SnapshotRequest snapshot = snapshot();
    HttpServletRequest innermost = (HttpServletRequest) snapshot.getRequest();
    HttpServletRequest container = PlainRequest.get("/a").build();

    assertThat(BackgroundRun.isBackground(snapshot)).isTrue();
    assertThat(BackgroundRun.isBackground(new HttpServletRequestWrapper(snapshot))).isTrue();
    assertThat(BackgroundRun.isBackground(innermost)).isTrue();
    assertThat(BackgroundRun.isBackground(new HttpServletRequestWrapper(innermost))).isTrue();
    assertThat(BackgroundRun.isBackground(container)).isFalse();
    assertThat(BackgroundRun.isBackground(new HttpServletRequestWrapper(container))).isFalse();
  }

  /** The servlet's own answer to a validation: what the cache asks for in the client's place. */
  @Test
  void run_withFieldsOfTheCache_isAskedToValidate() {
    SnapshotRequest snapshot = snapshot();
    Fields fields =
        Fields.of("If-None-Match", "\"1\"", "If-Modified-Since", "Sun, 01 Mar 2026 12:00:00 GMT");
    Servlet servlet =
        servlet(
            (request, response) -> {
              boolean known = "\"1\"".equals(request.getHeader("if-none-match"));
              boolean since = request.getDateHeader("If-Modified-Since") == 1772366400000L;
              response.setStatus(known && since && request.getCookies() == null ? 304 : 200);
            });

    Answer answer = (Answer) new BackgroundRun(servlet, snapshot.with(fields), 1000).run();

    assertThat(answer.status()).isEqualTo(304);
    assertThat(snapshot.fields().first("Cookie")).isEqualTo("a=b");
  }

  private static Outcome run(Application application) {
    return new BackgroundRun(servlet(application), snapshot(), 1000).run();
  }

  private static SnapshotRequest snapshot() {
    return SnapshotRequest.of(
        PlainRequest.get("/a")
            .query("q=%C3%A4")
            .field("Cookie", "a=b")
            .attribute("a thing", new Object())
            .build());
  }

  private static Servlet servlet(Application application) {
    return new GenericServlet() {
      private static final long serialVersionUID = 1;

      @Override
      public void service(ServletRequest request, ServletResponse response)
          throws ServletException {
        try {
          application.service((HttpServletRequest) request, (HttpServletResponse) response);
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new ServletException(e);
        }
      }
    };
  }
}
