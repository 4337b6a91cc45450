package com.example.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns a client's request into the request to the backend: the same method, path, query,
 * end-to-end fields and body, plus {@code X-Forwarded-*}.
 *
 * @param prefix a leading part of the path that the backend does not see, or the empty text
 */
record ForwardRequest(Upstream upstream, String prefix) {

  /** Fields the HTTP client writes itself, or this class does. */
  private static final Set<String> OWN =
      Set.of(
          "content-length",
          "expect",
          "host",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto");

  /**
   * The request to the backend.
   *
   * @throws IllegalArgumentException if method, target or a field is not valid HTTP
   */
  HttpRequest of(HttpServletRequest request) {
    var outbound =
        HttpRequest.newBuilder(target(request))
            .timeout(upstream.timeout())
            .method(request.getMethod(), body(request));
    var hop = new ConnectionFields(Collections.list(request.getHeaders("Connection")));
    for (var name : Collections.list(request.getHeaderNames())) {
      if (!hop.contains(name) && !OWN.contains(name.toLowerCase(Locale.ROOT))) {
        Collections.list(request.getHeaders(name)).forEach(value -> outbound.header(name, value));
      }
    }
    return outbound
        .header("X-Forwarded-For", forwardedFor(request))
        .header("X-Forwarded-Host", Objects.requireNonNullElse(request.getHeader("Host"), ""))
        .header("X-Forwarded-Proto", request.getScheme())
        .build();
  }

  private URI target(HttpServletRequest request) {
    var path = request.getRequestURI().substring(prefix.length());
    var query = request.getQueryString();
    return URI.create(upstream.location() + path + (query == null ? "" : "?" + query));
  }

  private static String forwardedFor(HttpServletRequest request) {
    return Stream.concat(
            Collections.list(request.getHeaders("X-Forwarded-For")).stream(),
            Stream.of(request.getRemoteAddr()))
        .collect(Collectors.joining(", "));
  }

  private static BodyPublisher body(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length > 0) {
      return BodyPublishers.fromPublisher(stream(request), length);
    }
    return request.getHeader("Transfer-Encoding") == null
        ? BodyPublishers.noBody()
        : stream(request);
  }

  private static BodyPublisher stream(HttpServletRequest request) {
    return BodyPublishers.ofInputStream(() -> open(request));
  }

  private static InputStream open(HttpServletRequest request) {
    try {
      return request.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
