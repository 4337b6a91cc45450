package dev.slipstream.engine.http;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.rules.CacheRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of responses, in the form that operators read and match patterns against: {@code
 * prefix:http_responses:method:path:query:headers:body}.
 *
 * <p>The headers part begins with scheme and authority and goes on with the values that choose the
 * variant. Colon, percent sign, braces, comma and tilde inside a part are percent-encoded, so that
 * no crafted URL or field collides with another key. An absent field is {@code ~}, which as a value
 * is encoded too; a query that is there but empty is an encoded question mark.
 */
final class CacheKeys {
  private static final String NAMESPACE = "http_responses";
  private static final String ABSENT = "~";
  private static final String EMPTY_QUERY = "%3F";
  private static final String ENCODED = ":%{},~";

  private final String prefix;
  private final boolean withHost;

  CacheKeys(String prefix, boolean withHost) {
    this.prefix = prefix + ':' + NAMESPACE;
    this.withHost = withHost;
  }

  /** The key of a request's URL; {@code identity} keeps one asker's answers apart. */
  String of(RequestView request, @Nullable CacheRule rule, @Nullable String identity) {
    StringBuilder key = new StringBuilder(160).append(prefix);
    String bodyHash = request.bodyHash();
    key.append(bodyHash == null ? ":GET:" : ":POST:");
    append(key, request.path());
    key.append(':');
    appendQuery(key, request.query(), rule == null ? NamePatterns.NONE : rule.ignoreQuery());
    key.append(':');
    if (withHost) {
      appendAuthority(key, request);
    }
    if (rule != null) {
      for (String name : rule.varyHeaders()) {
        appendSelecting(key, name.toLowerCase(Locale.ROOT), combined(request.all(name)));
      }
    }
    if (identity != null) {
      key.append(",,id=").append(identity); // no field has an empty name
    } else if (rule != null && rule.ignoreCredentials()) {
      key.append(",,everyone"); // without the rule, nobody gets what may be somebody's
    }
    if (bodyHash == null) {
      return key.append(':').toString();
    }
    appendSelecting(key, "content-type", request.field("Content-Type"));
    return key.append(':').append(bodyHash).toString();
  }

  /** The key of one variant of the URL that {@code key} is for. */
  static String variant(String key, List<String> names, Fields requestFields) {
    StringBuilder variant = new StringBuilder(key.length() + 32);
    int headersEnd = key.lastIndexOf(':');
    variant.append(key, 0, headersEnd);
    for (String name : names) {
      appendSelecting(variant, name, requestFields.combined(name));
    }
    return variant.append(key, headersEnd, key.length()).toString();
  }

  private static void appendAuthority(StringBuilder key, RequestView request) {
    String scheme = request.scheme();
    String host = request.serverName().toLowerCase(Locale.ROOT);
    int port = request.serverPort();
    key.append(scheme).append("://");
    append(key, host);
    if (port != (scheme.equals("https") ? 443 : 80)) {
      key.append("%3A").append(port);
    }
    // What the client wrote may differ from what the container made of it, and the application
    // can read both: both count.
    String sent = request.field("Host");
    if (sent != null && !sent.equalsIgnoreCase(host) && !sent.equalsIgnoreCase(host + ':' + port)) {
      key.append('~');
      append(key, sent.toLowerCase(Locale.ROOT));
    }
  }

  private static void appendQuery(StringBuilder key, @Nullable String query, NamePatterns ignored) {
    if (query == null) {
      return;
    }
    if (query.isEmpty()) {
      key.append(EMPTY_QUERY);
      return;
    }
    if (ignored.patterns().isEmpty()) {
      append(key, query);
      return;
    }
    boolean first = true;
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!ignored.matches(name)) {
        if (!first) {
          key.append('&');
        }
        append(key, parameter);
        first = false;
      }
    }
  }

  private static void appendSelecting(StringBuilder key, String name, @Nullable String value) {
    key.append(',').append(name).append('=');
    if (value == null) {
      key.append(ABSENT);
    } else {
      append(key, value);
    }
  }

  private static void append(StringBuilder key, String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (ENCODED.indexOf(c) < 0) {
        key.append(c);
      } else {
        key.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
      }
    }
  }

  private static @Nullable String combined(List<String> values) {
    return values.isEmpty() ? null : String.join(", ", values);
  }
}
