package dev.slipstream.console.api;

import dev.slipstream.console.fake.FakeConsole;
import java.util.List;
import java.util.Random;

/** Requests that are wrong in one of many ways, as text for a socket. */
final class BadRequests {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "G\u00cbT", "");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/api/v1/cache/stats",
          "/api/v1/cache/flush",
          "/api/v1/cache/invalidate",
          "/api/v1/cache/details",
          "/api/v1/cache/keys",
          "/api/v1/cache/entry",
          "/api/v1/performance/status",
          "/api/v1/performance/report",
          "/api/v1/performance/endpoints",
          "/api/v1/performance/endpoint",
          "/api/v1/performance/history",
          "/api/v1/performance/rules/x",
          "/api/v1/performance/level",
          "/api/v1/history",
          "/api/v1/rules",
          "/api/v1/rules/validate",
          "/api/v1/rules/test",
          "/api/v1/learning/ttl",
          "/api/v1/targets",
          "/api/v1/targets/one/enabled",
          "/api/v1/test/performance",
          "/api/v1/audit",
          "/api/v1/session",
          "/api/v1/health",
          "/api/v1/health/ready",
          "/api/v1/openapi.yaml",
          "/metrics",
          "/app/x.js",
          "/nothing");

  private static final List<String> QUERIES =
      List.of(
          "target=one",
          "target=",
          "target=%zz",
          "target=%ff",
          "target=a&target=b",
          "limit=-1",
          "limit=99999999999999999999",
          "limit=NaN",
          "level=l9",
          "pattern=%00",
          "pattern=" + "*".repeat(200),
          "seconds=-5",
          "seconds=1e9",
          "metric=cpu&value=NaN",
          "metrics=%2c%2c",
          "sort=%27%20or%201=1",
          "url=http://%5b",
          "method=%0d%0aX:y",
          "name=GET%20%2f..%2f..",
          "key=%c0%af",
          "=",
          "&&&",
          "a=b=c",
          "endpoint=" + "x".repeat(3_000),
          "x=" + "y".repeat(6_000),
          "reason=%0a%0d%1b");

  private static final List<String> FIELDS =
      List.of(
          "Authorization: Bearer " + FakeConsole.TOKEN,
          "Authorization: Bearer " + FakeConsole.VIEWER_TOKEN,
          "Authorization: Basic YTpi",
          "Content-Type: application/json",
          "Content-Type: text/\u00e9",
          "Content-Type: application/json;charset=utf-7",
          "Content-Encoding: gzip",
          "Origin: http://evil.example",
          "Sec-Fetch-Site: cross-site",
          "X-Correlation-ID: a b\u00ff",
          "X-Forwarded-For: 192.0.2.1",
          "X-HTTP-Method-Override: DELETE",
          "Accept: nothing/at-all",
          "Range: bytes=9-1",
          "If-None-Match: *",
          "Expect: 100-continue",
          "Expect: nonsense",
          "Upgrade: websocket",
          "Cookie: a=b; c");

  private static final List<String> MALFORMED_FIELDS =
      List.of("Cookie: a=\u0001", "Folded: a\r\n b", ": no name", "No colon", "A\u00e9: b");

  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "{}",
          "\"x\"",
          "{\"tags\":1}",
          "{\"tags\":[null]}",
          "{\"tags\":[\"a\"],\"tags\":[\"b\"]}",
          "{\"yaml\":7}",
          "{\"yaml\":\"- [\"}",
          "{\"enabled\":\"x\"}",
          "{\"level\":[]}",
          "{\"threshold\":1e999}",
          "[".repeat(5_000),
          "{\"a\":".repeat(50),
          "\u00ff\u00fe\u0000",
          "{\"tags\":[\"\\u0000\"]}");

  private BadRequests() {}

  static String next(Random random) {
    StringBuilder request = new StringBuilder();
    String body = one(random, BODIES);
    request.append(one(random, METHODS)).append(' ').append(path(random)).append(' ');
    request.append(random.nextInt(50) == 0 ? noise(random, 8) : "HTTP/1.1").append("\r\n");
    if (random.nextInt(20) != 0) {
      request.append("Host: ").append(random.nextInt(15) == 0 ? "evil.example" : "localhost");
      request.append("\r\n");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(one(random, random.nextInt(30) == 0 ? MALFORMED_FIELDS : FIELDS));
      request.append("\r\n");
    }
    switch (random.nextInt(40)) {
      case 0 -> request.append("Transfer-Encoding: chunked\r\n");
      case 1 -> request.append("Content-Length: -7\r\n");
      case 2 -> request.append("Content-Length: 7\r\nContent-Length: 8\r\n");
      case 3 -> request.append("Content-Length: ").append(body.length() + 100).append("\r\n");
      case 4 -> request.append(noise(random, 40)).append("\r\n");
      default -> request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return request.append("Connection: close\r\n\r\n").append(body).toString();
  }

  private static String path(Random random) {
    String path = one(random, PATHS);
    return switch (random.nextInt(16)) {
      case 0 -> path + "/" + noise(random, 12);
      case 1 -> path.replace("/", "//");
      case 2 -> path + "/..;/" + "%2e%2e/%00";
      case 3 -> path;
      default ->
          path
              + "?"
              + one(random, QUERIES)
              + (random.nextBoolean() ? "&" + one(random, QUERIES) : "");
    };
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String noise(Random random, int length) {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < length; i++) {
      noise.append((char) random.nextInt(256));
    }
    return noise.toString();
  }
}
