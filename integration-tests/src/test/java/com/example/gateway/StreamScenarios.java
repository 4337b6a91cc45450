package com.example.gateway;

import static com.example.gateway.Scenario.stored;

import jakarta.servlet.ServletOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Answers through {@code getOutputStream()}. */
final class StreamScenarios {
  private StreamScenarios() {}

  static List<Scenario> all() {
    return List.of(
        stored(
            "single-bytes",
            (request, response) -> {
              response.setContentType("application/octet-stream");
              ServletOutputStream stream = response.getOutputStream();
              for (int value = 0; value < 600; value++) {
                stream.write(value);
              }
            }),
        stored(
            "arrays",
            (request, response) -> {
              response.setContentType("application/json");
              byte[] bytes = Text.bytes("{\"name\":\"Grüße\"}");
              ServletOutputStream stream = response.getOutputStream();
              stream.write(bytes);
              stream.write(bytes, 3, 5);
              stream.write(new byte[0]);
            }),
        stored(
            "stream-print",
            (request, response) -> {
              response.setContentType("text/plain");
              ServletOutputStream stream = response.getOutputStream();
              stream.print("text");
              stream.println(12);
              stream.print(3.5);
              stream.println(true);
            }),
        stored(
            "stream-flush",
            (request, response) -> {
              response.setContentType("text/plain");
              ServletOutputStream stream = response.getOutputStream();
              stream.write(Text.bytes("first"));
              stream.flush();
              stream.write(Text.bytes("second"));
              stream.flush();
            }),
        stored(
            "stream-close",
            (request, response) -> {
              response.setContentType("text/plain");
              try (ServletOutputStream stream = response.getOutputStream()) {
                stream.write(Text.bytes(Text.PLAIN));
              }
            }),
        stored(
            "stream-large",
            (request, response) -> {
              response.setContentType("text/plain");
              response.getOutputStream().write(Text.largeBytes());
            }),
        stored(
            "gzip-by-application",
            (request, response) -> {
              response.setContentType("text/plain");
              response.setHeader("Content-Encoding", "gzip");
              response.setHeader("Vary", "Accept-Encoding");
              response.getOutputStream().write(gzip(Text.bytes(Text.PLAIN.repeat(50))));
            }),
        stored(
            "length",
            (request, response) -> {
              byte[] bytes = Text.bytes(Text.ACCENTED);
              response.setContentType("text/plain; charset=UTF-8");
              response.setContentLength(bytes.length);
              response.getOutputStream().write(bytes);
            }),
        stored(
            "length-long",
            (request, response) -> {
              byte[] bytes = Text.largeBytes();
              response.setContentType("text/plain");
              response.setContentLengthLong(bytes.length);
              response.getOutputStream().write(bytes);
            }),
        stored(
            "length-as-field",
            (request, response) -> {
              byte[] bytes = Text.bytes(Text.PLAIN);
              response.setContentType("text/plain");
              response.setHeader("Content-Length", Integer.toString(bytes.length));
              response.getOutputStream().write(bytes);
            }),
        stored(
            "length-as-number-field",
            (request, response) -> {
              byte[] bytes = Text.bytes(Text.PLAIN);
              response.setContentType("text/plain");
              response.setIntHeader("Content-Length", bytes.length);
              response.getOutputStream().write(bytes);
            }),
        // Without a length it could as well have been sent past every wrapper.
        stored("empty", (request, response) -> {}).with(Caching.OPTIONAL),
        stored(
            "empty-typed",
            (request, response) -> {
              response.setContentType("application/json");
              response.setContentLength(0);
            }));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }
}
