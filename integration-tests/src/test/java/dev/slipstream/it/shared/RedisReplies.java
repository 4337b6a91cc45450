package dev.slipstream.it.shared;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Tells the replies of a Redis apart, in both versions of its protocol. */
final class RedisReplies {
  private static final Pattern MESSAGE =
      Pattern.compile("[*>]\\d+\r\n\\$\\d+\r\n[ps]?message\r\n.*", Pattern.DOTALL);

  private RedisReplies() {}

  /** The bytes of the next reply, whole. */
  static byte[] next(InputStream in) throws IOException {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    copy(in, reply);
    return reply.toByteArray();
  }

  /** Whether it is a published message. */
  static boolean isMessage(byte[] reply) {
    return MESSAGE.matcher(new String(reply, StandardCharsets.ISO_8859_1)).matches();
  }

  private static void copy(InputStream in, ByteArrayOutputStream reply) throws IOException {
    String line = line(in, reply);
    char type = line.charAt(0);
    switch (type) {
      case '$', '=', '!' -> {
        int length = Integer.parseInt(line.substring(1));
        if (length >= 0) {
          byte[] bytes = in.readNBytes(length + 2);
          reply.write(bytes);
        }
      }
      case '*', '>', '~', '%', '|' -> {
        boolean pairs = type == '%' || type == '|';
        int count = Integer.parseInt(line.substring(1)) * (pairs ? 2 : 1);
        for (int i = type == '|' ? -1 : 0; i < count; i++) { // what an attribute is of follows it
          copy(in, reply);
        }
      }
      default -> {
        // one line is all
      }
    }
  }

  private static String line(InputStream in, ByteArrayOutputStream reply) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int value = in.read(); value != '\n'; value = in.read()) {
      if (value < 0) {
        throw new EOFException();
      }
      line.append((char) value);
      reply.write(value);
    }
    reply.write('\n');
    return line.toString().stripTrailing();
  }
}
