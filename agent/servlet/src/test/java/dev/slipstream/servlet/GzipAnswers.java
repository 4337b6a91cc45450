package dev.slipstream.servlet;

import dev.slipstream.servlet.TriedServlet.Application;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** Ways of answering, and which of them go out in gzip to a client that accepts it. */
final class GzipAnswers {
  /** What becomes of a miss. */
  enum Coding {
    GZIP,
    /** Since the application, or its bytes, rule gzip out. */
    PLAIN,
    /** In gzip on containers whose charsets of writers are known. */
    GZIP_WHERE_KNOWN,
    /** Where it exceeds the buffer while it includes, no field can be set on some containers. */
    EITHER
  }

  /** One way, by name. */
  record Way(String name, Coding coding, Application application) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final Map<String, Way> all = new LinkedHashMap<>();

  GzipAnswers() {
    streams();
    writers();
    beginnings();
    detours();
    asynchronous();
    notForGzip();
  }

  Map<String, Way> all() {
    return all;
  }

  /** What evaluates conditions itself. */
  static Application conditional() {
    return (request, response) -> {
      response.setHeader("Cache-Control", "max-age=600");
      response.setHeader("ETag", "\"1\"");
      if ("\"1\"".equals(request.getHeader("If-None-Match"))) {
        response.setStatus(304);
      } else {
        response.setContentType("application/json");
        write(response, 3_000);
      }
    };
  }

  /** What containers compress by themselves. */
  static Application untagged() {
    return (request, response) -> {
      response.setContentType("application/json");
      response.setHeader("Cache-Control", "max-age=600");
      write(response, 200_000);
    };
  }

  /** A failure when much has gone out. */
  static Application failureTooLate() {
    return (request, response) -> {
      response.setContentType("application/json");
      response.setHeader("Cache-Control", "max-age=600");
      inParts(response, 200_000);
      throw new IllegalStateException("the application fails");
    };
  }

  /** Less than was announced, for which some containers let their clients wait. */
  static Application tooLittle() {
    return (request, response) -> {
      response.setContentType("application/json");
      response.setHeader("Cache-Control", "max-age=600");
      response.setContentLength(body(200_000).length + 1000);
      write(response, 200_000);
    };
  }

  private void gzip(String name, Application application) {
    add(name, Coding.GZIP, application);
  }

  private void plain(String name, Application application) {
    add(name, Coding.PLAIN, application);
  }

  private void add(String name, Coding coding, Application application) {
    Application typed =
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            response.setContentType("application/json");
            response.setHeader("Cache-Control", "max-age=600");
            response.setHeader("ETag", "\"1\"");
          }
          application.service(request, response);
        };
    all.put(name, new Way(name, coding, typed));
  }

  static String text(int bytes) {
    StringBuilder text = new StringBuilder(bytes + 100);
    for (int line = 0; text.length() < bytes; line++) {
      text.append("{\"name\":\"Grüße aus der Anwendung\",\"number\":")
          .append(line * 31)
          .append("},\n");
    }
    return text.toString();
  }

  static byte[] body(int bytes) {
    return text(bytes).getBytes(StandardCharsets.UTF_8);
  }

  private static void write(HttpServletResponse response, int bytes) throws IOException {
    response.getOutputStream().write(body(bytes));
  }

  private static void inParts(HttpServletResponse response, int bytes) throws IOException {
    byte[] body = body(bytes);
    ServletOutputStream out = response.getOutputStream();
    for (int i = 0; i < body.length; i += 1000) {
      out.write(body, i, Math.min(1000, body.length - i));
    }
  }

  private void streams() {
    gzip("long", (request, response) -> write(response, 200_000));
    gzip("long-in-parts", (request, response) -> inParts(response, 200_000));
    gzip("short", (request, response) -> write(response, 3_000));
    gzip(
        "bytes",
        (request, response) -> {
          for (byte one : body(40_000)) {
            response.getOutputStream().write(one);
          }
        });
    gzip(
        "printed",
        (request, response) -> {
          for (int i = 0; i < 1000; i++) {
            response.getOutputStream().print("a line that is printed, ");
            response.getOutputStream().println(i);
          }
        });
    gzip(
        "long-with-length",
        (request, response) -> {
          response.setContentLength(body(200_000).length);
          write(response, 200_000);
        });
    gzip(
        "short-with-length",
        (request, response) -> {
          response.setHeader("Content-Length", "" + body(3_000).length);
          write(response, 3_000);
        });
    gzip(
        "length-late",
        (request, response) -> {
          write(response, 3_000);
          response.setContentLengthLong(body(3_000).length);
        });
    gzip(
        "closed",
        (request, response) -> {
          write(response, 3_000);
          response.getOutputStream().close();
        });
    gzip(
        "flushed-midway",
        (request, response) -> {
          write(response, 2_000);
          response.getOutputStream().flush();
          response.setHeader("X-Too-Late", "ignored");
          write(response, 2_000);
          response.flushBuffer();
          write(response, 50_000);
        });
    gzip(
        "flushed-at-the-end",
        (request, response) -> {
          write(response, 2_000);
          response.flushBuffer();
        });
  }

  private void writers() {
    writer("writer-long", "text/plain;charset=UTF-8", out -> out.print(text(200_000)));
    writer("writer-short", "text/plain; charset=utf-8", out -> out.print(text(3_000)));
    writer("writer-latin", "text/plain", out -> out.print(text(3_000)));
    writer("writer-json", "application/json", out -> out.print(text(50_000)));
    writer("writer-html", "text/html", out -> out.print(text(50_000)));
    writer(
        "writer-lines",
        "text/plain",
        out -> {
          for (int i = 0; i < 3000; i++) {
            out.println(i);
            out.append('x').append("yz", 0, 1);
          }
        });
    writer(
        "writer-closed",
        "text/html",
        out -> {
          out.print(text(3_000));
          out.close();
        });
    writer(
        "writer-flushed",
        "text/html",
        out -> {
          out.print(text(2_000));
          out.flush();
          out.print(text(2_000));
          out.close();
        });
    add(
        "writer-typed-late",
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> {
          response.setContentType("text/html;charset=UTF-8");
          PrintWriter out = response.getWriter();
          response.setContentType("text/plain;charset=ISO-8859-1");
          response.setCharacterEncoding("US-ASCII");
          out.print(text(3_000));
        });
    add(
        "writer-and-stream",
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> {
          PrintWriter out = response.getWriter();
          try {
            response.getOutputStream();
            out.print("both");
          } catch (IllegalStateException expected) {
            out.print(text(2_000));
          }
        });
  }

  private interface Writing {
    void on(PrintWriter out);
  }

  private void writer(String name, String type, Writing writing) {
    add(
        name,
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> {
          response.setContentType(type);
          writing.on(response.getWriter());
        });
  }

  private void beginnings() {
    add(
        "reset",
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> {
          response.getWriter().print("thrown away");
          response.reset();
          response.setContentType("application/json");
          response.setHeader("Cache-Control", "max-age=600");
          write(response, 3_000);
        });
    gzip(
        "reset-buffer",
        (request, response) -> {
          write(response, 3_000);
          response.resetBuffer();
          write(response, 50_000);
        });
    add(
        "reset-buffer-of-writer",
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> {
          PrintWriter out = response.getWriter();
          out.print("thrown away");
          response.resetBuffer();
          out.print(text(3_000));
        });
    plain(
        "reset-too-late",
        (request, response) -> {
          response.getOutputStream().print("sent, ");
          response.flushBuffer();
          try {
            response.reset();
          } catch (IllegalStateException expected) {
            write(response, 3_000);
          }
        });
    gzip(
        "large-buffer",
        (request, response) -> {
          response.setBufferSize(100_000);
          write(response, 50_000);
          response.setHeader(
              "X-Buffer", (response.getBufferSize() >= 100_000) + " " + response.isCommitted());
        });
    gzip(
        "committed-by-much",
        (request, response) -> {
          inParts(response, 200_000);
          response.getOutputStream().print("committed: " + response.isCommitted());
        });
  }

  private void detours() {
    plain(
        "error",
        (request, response) -> {
          write(response, 3_000);
          response.sendError(503);
        });
    plain(
        "redirect",
        (request, response) -> {
          write(response, 3_000);
          response.sendRedirect("/elsewhere");
        });
    plain(
        "failure",
        (request, response) -> {
          write(response, 3_000);
          throw new IllegalStateException("the application fails");
        });
    plain(
        "failure-of-writer",
        (request, response) -> {
          response.getWriter().print(text(3_000));
          throw new IllegalStateException("the application fails");
        });
    plain(
        "forward-of-writer",
        (request, response) -> {
          response.getWriter().print("thrown away");
          request
              .getRequestDispatcher(request.getServletPath() + "/text")
              .forward(request, response);
        });
    add(
        "text",
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> response.getWriter().print(text(3_000)));
    plain(
        "forward",
        (request, response) -> {
          write(response, 3_000);
          request
              .getRequestDispatcher(request.getServletPath() + "/part")
              .forward(request, response);
        });
    plain(
        "forward-by-the-context",
        (request, response) -> {
          write(response, 3_000);
          request
              .getServletContext()
              .getRequestDispatcher(request.getServletPath() + "/part")
              .forward(request, response);
        });
    add(
        "include",
        Coding.EITHER,
        (request, response) -> {
          write(response, 3_000);
          request
              .getRequestDispatcher(request.getServletPath() + "/part")
              .include(request, response);
          write(response, 3_000);
        });
    gzip("part", (request, response) -> write(response, 20_000));
  }

  private void asynchronous() {
    gzip(
        "async-after-a-byte",
        (request, response) -> {
          write(response, 3_000);
          elsewhere(request.startAsync(), response, 3_000);
        });
    gzip(
        "async-after-much",
        (request, response) -> {
          write(response, 50_000);
          elsewhere(request.startAsync(request, response), response, 50_000);
        });
    add(
        "async-writer",
        Coding.GZIP_WHERE_KNOWN,
        (request, response) -> {
          PrintWriter out = response.getWriter();
          out.print(text(20_000));
          out.flush();
          AsyncContext context = request.startAsync();
          inOtherThread(
              () -> {
                out.print(text(300));
                context.complete();
              });
        });
    gzip(
        "dispatched",
        (request, response) -> {
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            write(response, 50_000);
            request.startAsync().dispatch();
          } else {
            write(response, 3_000);
          }
        });
    gzip(
        "write-listener",
        (request, response) -> {
          write(response, 200_000); // more than any buffer holds
          AsyncContext context = request.startAsync();
          ServletOutputStream out = response.getOutputStream();
          out.setWriteListener(new Rest(out, context, body(100_000)));
        });
    plain("async", (request, response) -> elsewhere(request.startAsync(), response, 3_000));
  }

  private static void inOtherThread(Runnable task) {
    Thread thread = Executors.defaultThreadFactory().newThread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static void elsewhere(AsyncContext context, HttpServletResponse response, int bytes) {
    inOtherThread(
        () -> {
          try {
            inParts(response, bytes);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } finally {
            context.complete();
          }
        });
  }

  /** Writes the rest when the container can take it. */
  private static final class Rest implements WriteListener {
    private final ServletOutputStream out;
    private final AsyncContext context;
    private final byte[] body;
    private int sent;

    Rest(ServletOutputStream out, AsyncContext context, byte[] body) {
      this.out = out;
      this.context = context;
      this.body = body;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (out.isReady()) {
        if (sent == body.length) {
          context.complete();
          return;
        }
        int count = Math.min(3000, body.length - sent);
        out.write(body, sent, count);
        sent += count;
      }
    }

    @Override
    public void onError(Throwable failure) {
      context.complete();
    }
  }

  private void notForGzip() {
    plain("tiny", (request, response) -> write(response, 100));
    plain("nothing", (request, response) -> response.setContentLength(0));
    plain(
        "tiny-with-length",
        (request, response) -> {
          response.setContentLength(body(100).length);
          write(response, 100);
        });
    plain(
        "flushed-early",
        (request, response) -> {
          write(response, 100);
          response.getOutputStream().flush();
          write(response, 50_000);
        });
    plain(
        "flushed-first",
        (request, response) -> {
          response.flushBuffer();
          write(response, 50_000);
        });
    unlike(
        "no-transform",
        (response) -> response.setHeader("Cache-Control", "max-age=600, no-transform"));
    unlike("no-store", (response) -> response.setHeader("Cache-Control", "no-store"));
    unlike("private", (response) -> response.setHeader("Cache-Control", "private, max-age=600"));
    unlike("cookie", (response) -> response.addCookie(new Cookie("a", "b")));
    unlike("image", (response) -> response.setContentType("image/png"));
    unlike("digest", (response) -> response.setHeader("Content-Digest", "sha-256=:AAAA:"));
    unlike("created", (response) -> response.setStatus(201));
    plain(
        "identity",
        (request, response) -> {
          request.getSession();
          write(response, 50_000);
        });
    plain(
        "identity-late",
        (request, response) -> {
          write(response, 3_000);
          request.getSession();
        });
    plain(
        "status-late",
        (request, response) -> {
          write(response, 3_000);
          response.setStatus(500);
        });
    plain(
        "noise",
        (request, response) -> {
          byte[] noise = new byte[3_000];
          new java.util.Random(7).nextBytes(noise);
          response.getOutputStream().write(noise);
        });
  }

  private interface Heading {
    void on(HttpServletResponse response);
  }

  private void unlike(String name, Heading heading) {
    plain(
        name,
        (request, response) -> {
          heading.on(response);
          write(response, 50_000);
        });
  }
}
