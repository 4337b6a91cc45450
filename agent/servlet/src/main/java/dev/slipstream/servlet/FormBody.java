package dev.slipstream.servlet;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form that was sent as {@code application/x-www-form-urlencoded}. */
final class FormBody {
  private FormBody() {}

  /** The parameters of a query and, after them, those of a body. */
  static Map<String, String[]> parse(byte[] body, Charset charset, Map<String, String[]> ofQuery) {
    Map<String, String[]> all = new LinkedHashMap<>(ofQuery);
    for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), charset);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), charset);
      if (name != null && value != null && !pair.isEmpty()) {
        all.merge(name, new String[] {value}, FormBody::concat);
      }
    }
    return all;
  }

  /** Decodes a part; null, and left out, where its percent-encoding is broken. */
  private static @Nullable String decode(String part, Charset charset) {
    // Bytes beyond ASCII stand for themselves: decode them like encoded ones.
    byte[] raw = part.getBytes(StandardCharsets.ISO_8859_1);
    StringBuilder ascii = new StringBuilder(raw.length);
    for (byte one : raw) {
      if (one < 0) {
        ascii.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
      } else {
        ascii.append((char) one);
      }
    }
    try {
      return URLDecoder.decode(ascii.toString(), charset);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static String[] concat(String[] first, String[] second) {
    String[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
