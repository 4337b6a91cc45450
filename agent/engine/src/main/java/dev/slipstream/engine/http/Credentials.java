package dev.slipstream.engine.http;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.engine.redis.SharedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * What in a request says who is asking.
 *
 * <p>That is Authorization, Proxy-Authorization, the configured fields, the principal, a TLS client
 * certificate, a session, and every cookie that is not known to be harmless. An identity is an HMAC
 * over all of it under a secret, so that neither a key nor a log shows a credential.
 */
final class Credentials {
  private final List<String> fields;
  private final NamePatterns harmlessCookies;
  private final SharedSecret secret;
  private final Predicate<String> telling = this::tellsByItself;

  Credentials(List<String> configuredFields, NamePatterns harmlessCookies, SharedSecret secret) {
    List<String> all = new ArrayList<>(List.of("Authorization", "Proxy-Authorization"));
    all.addAll(configuredFields);
    this.fields = List.copyOf(all);
    this.harmlessCookies = harmlessCookies;
    this.secret = secret;
  }

  /** Whether the request carries any; {@code alsoHarmless} are cookies that a rule declares so. */
  boolean presentIn(RequestView request, @Nullable NamePatterns alsoHarmless) {
    for (int i = 0; i < fields.size(); i++) {
      if (request.field(fields.get(i)) != null) {
        return true;
      }
    }
    return (request.field("Cookie") != null
            && request.any(
                "Cookie", alsoHarmless == null ? telling : line -> tells(line, alsoHarmless)))
        || request.sessionId() != null
        || request.principal() != null
        || request.clientCertificate() != null;
  }

  /**
   * The identity of who is asking: 32 hexadecimal digits, stable while the secret is. Harmless
   * cookies are no part of it.
   */
  String identityOf(RequestView request, @Nullable NamePatterns alsoHarmless) {
    try {
      Mac mac = Mac.getInstance(SharedSecret.ALGORITHM);
      mac.init(secret.key());
      for (String field : fields) {
        for (String value : request.all(field)) {
          update(mac, field, value);
        }
      }
      for (String line : request.all("Cookie")) {
        for (int start = 0; start < line.length(); start = cookieEnd(line, start) + 1) {
          int end = cookieEnd(line, start);
          if (tells(line, start, end, alsoHarmless)) {
            update(mac, "(cookie)", line.substring(start, end).strip());
          }
        }
      }
      update(mac, "(session)", request.sessionId());
      update(mac, "(principal)", request.principal());
      update(mac, "(certificate)", request.clientCertificate());
      return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + SharedSecret.ALGORITHM, e);
    }
  }

  /** Puts a value in; a kind in parentheses is no field's name. */
  private static void update(Mac mac, String kind, @Nullable String value) {
    if (value != null) {
      mac.update((kind + ':' + value.length() + ':').getBytes(StandardCharsets.UTF_8));
      mac.update(bytes(value));
    }
  }

  /** The characters of a value, two bytes each: in UTF-8 all halves of surrogate pairs are one. */
  private static byte[] bytes(String value) {
    byte[] bytes = new byte[2 * value.length()];
    ByteBuffer.wrap(bytes).asCharBuffer().put(value);
    return bytes;
  }

  private boolean tellsByItself(String line) {
    return tells(line, null);
  }

  private boolean tells(String line, @Nullable NamePatterns alsoHarmless) {
    for (int start = 0; start < line.length(); start = cookieEnd(line, start) + 1) {
      if (tells(line, start, cookieEnd(line, start), alsoHarmless)) {
        return true;
      }
    }
    return false;
  }

  private static int cookieEnd(String line, int start) {
    int semicolon = line.indexOf(';', start);
    return semicolon < 0 ? line.length() : semicolon;
  }

  /** Whether a cookie of a line is there and not known to be harmless. */
  private boolean tells(String line, int start, int end, @Nullable NamePatterns alsoHarmless) {
    int equals = line.indexOf('=', start);
    boolean named = equals >= 0 && equals < end;
    int from = start;
    int to = named ? equals : end;
    while (from < to && Character.isWhitespace(line.charAt(from))) {
      from++;
    }
    while (from < to && Character.isWhitespace(line.charAt(to - 1))) {
      to--;
    }
    boolean harmless =
        harmlessCookies.matches(line, from, to)
            || (alsoHarmless != null && alsoHarmless.matches(line, from, to));
    return (named || from < to) && !harmless;
  }
}
