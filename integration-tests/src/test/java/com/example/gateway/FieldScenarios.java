package com.example.gateway;

import static com.example.gateway.Scenario.notStored;
import static com.example.gateway.Scenario.stored;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Answers that differ in their fields. */
final class FieldScenarios {
  private static final long IN_2100 = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
  private static final long IN_2020 = Instant.parse("2020-02-29T12:34:56Z").toEpochMilli();

  private FieldScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
            "many-values",
            (request, response) -> {
              response.addHeader("X-Many", "one");
              response.addHeader("X-Many", "two, three");
              response.addHeader("x-many", "four");
              response.addHeader("Link", "</style.css>; rel=preload");
              response.addHeader("Link", "</next>; rel=next");
              response.setHeader("X-Replaced", "old");
              response.setHeader("X-Replaced", "new");
              response.addIntHeader("X-Number", 1);
              response.addIntHeader("X-Number", 2);
              response.setHeader("ETag", "\"v1\"");
              plain(response);
            }),
        stored(
            "dates",
            (request, response) -> {
              response.addDateHeader("X-Date", IN_2020);
              response.addDateHeader("X-Date", IN_2100);
              response.setDateHeader("Last-Modified", IN_2020);
              plain(response);
            }),
        stored(
            "reads-its-own-fields",
            (request, response) -> {
              response.addHeader("X-Own", "a");
              response.addHeader("X-Own", "b");
              response.setContentType("text/plain; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              writer.println(response.getStatus());
              writer.println(response.getHeader("X-Own"));
              writer.println(response.getHeaders("X-Own"));
              writer.println(response.containsHeader("X-None"));
              writer.println(response.getContentType());
              writer.println(response.getCharacterEncoding());
              writer.println(response.isCommitted());
              writer.println(new TreeSet<>(response.getHeaderNames()));
            }),
        stored(
            "cache-control-in-two-fields",
            (request, response) -> {
              response.addHeader("Cache-Control", "must-revalidate");
              plain(response);
            }),
        notStored(
                "expires",
                (request, response) -> {
                  response.setDateHeader("Expires", IN_2100);
                  plain(response);
                })
            .with(Caching.STORED),
        stored(
            "s-maxage",
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=0, s-maxage=600");
              plain(response);
            }),
        stored(
            "vary-language",
            (request, response) -> {
              response.setHeader("Vary", "Accept-Language");
              response.setContentType("text/plain; charset=UTF-8");
              response.getWriter().print("for " + request.getHeader("Accept-Language"));
            }),
        stored(
            "counter",
            (request, response) -> {
              response.setContentType("text/plain");
              response.getWriter().print("run " + Runs.of(request));
            }),
        stored(
                "trailers",
                (request, response) -> {
                  response.setHeader("Trailer", "X-Checksum");
                  response.setTrailerFields(() -> java.util.Map.of("X-Checksum", "abc"));
                  plain(response);
                })
            .with(Caching.OPTIONAL),
        notStored(
            "cookie",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              Cookie cookie = new Cookie("choice", "blue");
              cookie.setPath("/");
              response.addCookie(cookie);
              plain(response);
            }),
        notStored(
            "session",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              request.getSession().setAttribute("user", "anna");
              plain(response);
            }),
        notStored("no-store", (request, response) -> cacheControl(response, "no-store")),
        notStored("private", (request, response) -> cacheControl(response, "private, max-age=600")),
        notStored(
            "no-cache", (request, response) -> cacheControl(response, "no-cache, max-age=600")),
        notStored("max-age-0", (request, response) -> cacheControl(response, "max-age=0")),
        notStored("says-nothing", (request, response) -> plain(response)),
        notStored(
            "vary-everything",
            (request, response) -> {
              response.setHeader("Vary", "*");
              cacheControl(response, Scenarios.MAX_AGE);
            }),
        notStored(
            "event-stream",
            (request, response) -> {
              response.setHeader("Cache-Control", Scenarios.MAX_AGE);
              response.setContentType("text/event-stream; charset=UTF-8");
              PrintWriter writer = response.getWriter();
              writer.print("data: 1\n\n");
              writer.flush();
              writer.print("data: 2\n\n");
            }),
        notStored("max-age-1", (request, response) -> cacheControl(response, "max-age=1"))
            .with(Caching.OPTIONAL));
  }

  private static void cacheControl(HttpServletResponse response, String value) throws IOException {
    response.setHeader("Cache-Control", value);
    plain(response);
  }

  private static void plain(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain; charset=UTF-8");
    response.getWriter().print(Text.PLAIN);
  }
}
