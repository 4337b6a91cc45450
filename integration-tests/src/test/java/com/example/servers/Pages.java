package com.example.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What is answered, whoever asks for it: by the name that is the path's last segment.
 *
 * <p>Frameworks of years ago read its class file, so it is of Java 11. Bodies but that of {@code
 * steady} end with how often their URL was answered, so that an answer from a cache is one that
 * counts less than it should.
 */
public final class Pages {
  private static final String CACHEABLE = "max-age=60";
  private static final int BIG = 1_000_000;

  private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

  @SuppressWarnings("StatementSwitchToExpressionSwitch") // which Java 11 has not
  public Page answer(Asked asked) throws IOException {
    String path = asked.path();
    String name = path.substring(path.lastIndexOf('/') + 1);
    switch (name) {
      case "ready":
        return text(200, "ready", Map.of("Cache-Control", "no-store"));
      case "steady":
        return text(200, "always the same", Map.of("Cache-Control", CACHEABLE));
      case "item":
        return text(200, counted(asked), Map.of("Cache-Control", CACHEABLE));
      case "json":
        return json(asked);
      case "tagged":
        return tagged(asked);
      case "language":
        return language(asked);
      case "coded":
        return coded(asked);
      case "big":
        return big(asked);
      case "unstored":
        return text(200, counted(asked), Map.of("Cache-Control", "no-store"));
      case "private":
        return text(200, counted(asked), Map.of("Cache-Control", "private, max-age=60"));
      case "cookie":
        return cookie(asked);
      case "who":
        return who(asked);
      case "echo":
        return echo(asked);
      case "nothing":
        return new Page(204, Map.of(), new byte[0]);
      case "moved":
        return new Page(302, Map.of("Location", "/elsewhere"), new byte[0]);
      case "failed":
        return text(500, counted(asked), Map.of());
      case "gone":
        return text(410, counted(asked), Map.of("Cache-Control", CACHEABLE));
      default:
        return text(404, "no such page, " + counted(asked), Map.of("Cache-Control", "no-cache"));
    }
  }

  private Page json(Asked asked) {
    byte[] body = bytes("{\"run\":\"" + counted(asked) + "\"}");
    return page(200, "application/json", body, Map.of("Cache-Control", CACHEABLE));
  }

  private Page cookie(Asked asked) {
    Map<String, String> fields =
        Map.of("Cache-Control", CACHEABLE, "Set-Cookie", "basket=7; Path=/");
    return text(200, counted(asked), fields);
  }

  private Page who(Asked asked) {
    String body = asked.field("Authorization") + " " + counted(asked);
    return text(200, body, Map.of("Cache-Control", CACHEABLE));
  }

  private Page echo(Asked asked) throws IOException {
    String content = new String(asked.content(), StandardCharsets.UTF_8);
    return text(200, content + " " + counted(asked), Map.of());
  }

  private Page tagged(Asked asked) {
    Map<String, String> fields = Map.of("Cache-Control", CACHEABLE, "ETag", "\"v1\"");
    if ("\"v1\"".equals(asked.field("If-None-Match"))) {
      return new Page(304, fields, new byte[0]);
    }
    return text(200, counted(asked), fields);
  }

  private Page language(Asked asked) {
    @Nullable String language = asked.field("Accept-Language");
    String greeting = language != null && language.startsWith("de") ? "Guten Tag" : "Good day";
    return text(
        200,
        greeting + " " + counted(asked),
        Map.of("Cache-Control", CACHEABLE, "Vary", "Accept-Language"));
  }

  private Page coded(Asked asked) throws IOException {
    @Nullable String coding = asked.field("Accept-Encoding");
    Map<String, String> fields =
        new TreeMap<>(Map.of("Cache-Control", CACHEABLE, "Vary", "Accept-Encoding"));
    byte[] body = bytes(counted(asked));
    if (coding != null && coding.contains("gzip")) {
      fields.put("Content-Encoding", "gzip");
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
        gzip.write(body);
      }
      body = zipped.toByteArray();
    }
    return page(200, "text/plain;charset=UTF-8", body, fields);
  }

  private Page big(Asked asked) {
    byte[] body = new byte[BIG];
    Arrays.fill(body, (byte) 'x');
    byte[] end = bytes(counted(asked));
    System.arraycopy(end, 0, body, BIG - end.length, end.length);
    return page(200, "application/octet-stream", body, Map.of("Cache-Control", CACHEABLE));
  }

  private String counted(Asked asked) {
    String url = asked.path() + "?" + asked.query();
    int run = runs.computeIfAbsent(url, first -> new AtomicInteger()).incrementAndGet();
    return url.substring(url.lastIndexOf('/') + 1) + " for the " + run + ". time";
  }

  private static Page text(int status, String body, Map<String, String> fields) {
    return page(status, "text/plain;charset=UTF-8", bytes(body), fields);
  }

  private static Page page(int status, String type, byte[] body, Map<String, String> fields) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put("Content-Type", type);
    return new Page(status, all, body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
