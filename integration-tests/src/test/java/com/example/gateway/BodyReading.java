package com.example.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A way in which applications read a request's body; what they see of it is the answer. */
public enum BodyReading {
  /** The whole stream at once. */
  STREAM((request, response) -> answer(response, request.getInputStream().readAllBytes())),

  /** The stream, a byte at a time. */
  SINGLE_BYTES(
      (request, response) -> {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = request.getInputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
          read.write(one);
        }
        answer(response, read.toByteArray());
      }),

  /** The stream in blocks, each behind an offset. */
  BLOCKS(
      (request, response) -> {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] block = new byte[1000];
        ServletInputStream in = request.getInputStream();
        for (int count = in.read(block, 7, 900); count >= 0; count = in.read(block, 7, 900)) {
          read.write(block, 7, count);
        }
        answer(response, read.toByteArray());
      }),

  /** The stream by lines of bytes. */
  STREAM_LINES(
      (request, response) -> {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] line = new byte[300];
        ServletInputStream in = request.getInputStream();
        for (int count = in.readLine(line, 0, 300); count >= 0; count = in.readLine(line, 0, 300)) {
          read.write(line, 0, count);
          read.write('|');
        }
        answer(response, read.toByteArray());
      }),

  /** The stream, blocking, in another thread. */
  OTHER_THREAD(
      (request, response) -> {
        AsyncContext context = request.startAsync();
        context.start(
            () -> {
              try {
                answer(
                    (HttpServletResponse) context.getResponse(),
                    context.getRequest().getInputStream().readAllBytes());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              context.complete();
            });
      }),

  /** The stream, by a {@code ReadListener}. */
  LISTENER((request, response) -> BodyListener.listen(request, response, false)),

  /** The same; tells whether the container waited for {@code service} to return. */
  LISTENER_ORDER((request, response) -> BodyListener.listen(request, response, true)),

  /** By a {@code ReadListener} that fails. */
  LISTENER_FAILING(BodyListener::listenAndFail),

  /** The reader, to its end. */
  READER((request, response) -> answer(response, text(request.getReader()))),

  /** The reader, by lines. */
  READER_LINES(
      (request, response) -> {
        StringBuilder lines = new StringBuilder();
        request.getReader().lines().forEach(line -> lines.append('[').append(line).append(']'));
        answer(response, lines.toString());
      }),

  /** The reader, after an encoding was set. */
  READER_AS_UTF_8(
      (request, response) -> {
        request.setCharacterEncoding("UTF-8");
        answer(response, request.getCharacterEncoding() + ": " + text(request.getReader()));
      }),

  /** All parameters. */
  PARAMETERS((request, response) -> answer(response, parameters(request))),

  /** All parameters, after an encoding was set. */
  PARAMETERS_AS_UTF_8(
      (request, response) -> {
        request.setCharacterEncoding("UTF-8");
        answer(response, parameters(request));
      }),

  /** All parameters, after an encoding was set. */
  PARAMETERS_AS_ISO_8859_1(
      (request, response) -> {
        request.setCharacterEncoding("ISO-8859-1");
        answer(response, parameters(request));
      }),

  /** The parameter {@code a}, in every way there is. */
  ONE_PARAMETER(
      (request, response) ->
          answer(
              response,
              request.getParameter("a")
                  + " "
                  + Arrays.toString(request.getParameterValues("a"))
                  + " "
                  + Arrays.toString(request.getParameterMap().get("a"))
                  + " "
                  + Collections.list(request.getParameterNames()).contains("a")
                  + " "
                  + request.getParameter("none")
                  + " "
                  + Arrays.toString(request.getParameterValues("none")))),

  /** Whether the map of parameters can be changed. */
  CHANGED_PARAMETERS(
      (request, response) -> {
        String outcome = "changed";
        try {
          request.getParameterMap().put("a", new String[] {"changed"});
        } catch (IllegalStateException | UnsupportedOperationException e) {
          outcome = "refused";
        }
        answer(response, outcome + " " + parameters(request));
      }),

  /** Parameters, then what is left in the stream. */
  PARAMETERS_THEN_STREAM(
      (request, response) -> {
        String parameters = parameters(request);
        answer(response, parameters + " then " + request.getInputStream().readAllBytes().length);
      }),

  /** The stream, then what parameters there are. */
  STREAM_THEN_PARAMETERS(
      (request, response) -> {
        int length = request.getInputStream().readAllBytes().length;
        answer(response, length + " then " + parameters(request));
      }),

  /** The reader, then what parameters there are. */
  READER_THEN_PARAMETERS(
      (request, response) -> {
        int length = text(request.getReader()).length();
        answer(response, length + " then " + parameters(request));
      }),

  /** The stream, then the reader, which is an error. */
  STREAM_THEN_READER(
      (request, response) -> {
        request.getInputStream();
        answer(response, refused(request::getReader));
      }),

  /** The reader, then the stream, which is an error. */
  READER_THEN_STREAM(
      (request, response) -> {
        request.getReader();
        answer(response, refused(request::getInputStream));
      }),

  /** The parameters, in a servlet that it is forwarded to with others. */
  FORWARDED(
      (request, response) ->
          request.getRequestDispatcher("/body/PARAMETERS?a=forwarded").forward(request, response)),

  /** The parameters, first here and then in a servlet that it is forwarded to with others. */
  FORWARDED_AFTER_PARAMETERS(
      (request, response) -> {
        request.getParameter("a");
        request.getRequestDispatcher("/body/PARAMETERS?a=forwarded").forward(request, response);
      }),

  /** The parts of a form with files. */
  PARTS(
      (request, response) -> {
        StringBuilder parts = new StringBuilder();
        for (Part part : request.getParts()) {
          parts.append(part.getName()).append(' ').append(part.getSubmittedFileName());
          byte[] content = part.getInputStream().readAllBytes();
          parts.append(' ').append(content.length).append(' ').append(Arrays.hashCode(content));
          parts.append('\n');
        }
        answer(response, parts + parameters(request));
      }),

  /** Not at all. */
  NOTHING((request, response) -> answer(response, "not read"));

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Way way;

  BodyReading(Way way) {
    this.way = way;
  }

  /** Reads a body and answers with it. */
  @FunctionalInterface
  private interface Way {
    void answer(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /** Something that a container has to refuse. */
  @FunctionalInterface
  private interface Refused {
    Object call() throws IOException;
  }

  static BodyReading named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    try {
      way.answer(request, response);
    } catch (UnsupportedEncodingException e) {
      response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
      answer(response, "unsupported encoding");
    }
  }

  static void answer(HttpServletResponse response, byte[] body) throws IOException {
    response.setContentType("application/octet-stream");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  static void answer(HttpServletResponse response, String body) throws IOException {
    byte[] bytes = Text.bytes(body);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  private static String text(BufferedReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] block = new char[1000];
    for (int count = reader.read(block); count >= 0; count = reader.read(block)) {
      text.append(block, 0, count);
    }
    return text.toString();
  }

  private static String parameters(HttpServletRequest request) {
    Map<String, String> sorted = new TreeMap<>();
    request.getParameterMap().forEach((name, values) -> sorted.put(name, Arrays.toString(values)));
    return sorted.toString();
  }

  private static String refused(Refused call) throws IOException {
    try {
      return "allowed " + call.call();
    } catch (IllegalStateException e) {
      return "refused";
    }
  }
}
