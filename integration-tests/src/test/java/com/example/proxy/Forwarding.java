package com.example.proxy;

import com.example.proxy.OriginAnswer.Field;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hands one request to the origin and its answer back, field line by field line.
 *
 * @param originPort where the origin listens
 * @param earlyHints whether the container sends an interim response for {@code sendError(103)}
 */
record Forwarding(int originPort, boolean earlyHints) {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  void forward(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (OriginConnection connection = new OriginConnection(originPort)) {
      OriginAnswer head;
      try {
        connection.send(request.getMethod(), target(request), fields(request), body(request));
        head = connection.head();
        while (head.isInterim()) {
          passInterim(head, response);
          head = connection.head();
        }
      } catch (EOFException | SocketException noAnswer) {
        response.sendError(HttpServletResponse.SC_BAD_GATEWAY);
        return;
      }
      passHead(head, response);
      if (head.hasBody(request.getMethod())) {
        passBody(connection, head, response);
      }
    }
  }

  private void passInterim(OriginAnswer head, HttpServletResponse response) throws IOException {
    if (earlyHints && head.status() == 103) {
      passHead(head, response);
      response.sendError(head.status());
      response.reset();
    }
  }

  private static void passHead(OriginAnswer head, HttpServletResponse response) {
    response.setStatus(head.status());
    Set<String> seen = new HashSet<>();
    for (Field field : head.fields()) {
      if (field.is("Transfer-Encoding")) {
        continue;
      }
      // The first line replaces what the container may have set already.
      if (seen.add(field.name().toLowerCase(Locale.ROOT))) {
        response.setHeader(field.name(), field.value());
      } else {
        response.addHeader(field.name(), field.value());
      }
    }
  }

  private static void passBody(
      OriginConnection connection, OriginAnswer head, HttpServletResponse response)
      throws IOException {
    try {
      connection.copyBody(head, response.getOutputStream());
    } catch (IOException cut) {
      // Committed, the client's answer is cut too; otherwise it would become an error page.
      response.flushBuffer();
      throw cut;
    }
  }

  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static List<Field> fields(HttpServletRequest request) {
    Set<String> connectionOptions = new HashSet<>();
    for (String line : Collections.list(request.getHeaders("Connection"))) {
      for (String option : line.split(",", -1)) {
        connectionOptions.add(option.strip().toLowerCase(Locale.ROOT));
      }
    }
    List<Field> fields = new ArrayList<>();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Collections.list(request.getHeaderNames()));
    for (String name : names) {
      String lowerCase = name.toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(lowerCase) && !connectionOptions.contains(lowerCase)) {
        for (String value : Collections.list(request.getHeaders(name))) {
          fields.add(new Field(name, value));
        }
      }
    }
    return fields;
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    boolean present =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return present ? request.getInputStream().readAllBytes() : new byte[0];
  }
}
