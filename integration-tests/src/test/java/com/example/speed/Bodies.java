package com.example.speed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** The same bytes in every process. */
final class Bodies {
  private Bodies() {}

  /** Records as an API gives them, cut off at so many bytes. */
  static byte[] json(int bytes) {
    Random random = new Random(3);
    StringBuilder json = new StringBuilder("[");
    while (json.length() < bytes) {
      json.append("{\"id\":").append(random.nextInt(1_000_000));
      json.append(",\"email\":\"").append(Long.toString(random.nextLong() >>> 1, 36));
      json.append("@example.org\",\"active\":").append(random.nextBoolean());
      json.append(",\"created_at\":\"2026-0").append(1 + random.nextInt(9));
      json.append("-01T10:15:00Z\"},");
    }
    return Arrays.copyOf(json.toString().getBytes(StandardCharsets.US_ASCII), bytes);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return compressed.toByteArray();
  }
}
