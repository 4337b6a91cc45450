package dev.slipstream.jaxrs;

import dev.slipstream.engine.http.Fields;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A response's header fields, which JAX-RS keeps as objects. */
final class Headers {
  /** Fields about the bytes that are stored (RFC 9110 §8): they go where those go. */
  private static final Set<String> ABOUT_THE_BODY =
      Set.of(
          "content-type",
          "content-encoding",
          "content-language",
          "content-location",
          "content-range",
          "content-digest",
          "content-md5",
          "digest",
          "repr-digest",
          "etag",
          "last-modified");

  /** Fields that say how an answer may be stored and used, whoever has set them. */
  private static final Set<String> ABOUT_CACHING =
      Set.of("cache-control", "expires", "pragma", "vary");

  private Headers() {}

  /** The fields as they are sent. */
  static Fields of(MultivaluedMap<String, Object> headers, @Nullable MediaType type) {
    Fields.Builder fields = Fields.builder();
    boolean[] typed = {false};
    headers.forEach(
        (name, values) -> {
          typed[0] |= name.equalsIgnoreCase("Content-Type") && !values.isEmpty();
          for (Object value : values) {
            if (value != null) {
              fields.add(name, text(value));
            }
          }
        });
    if (!typed[0] && type != null) {
      fields.add("Content-Type", text(type));
    }
    return fields.build();
  }

  @SuppressWarnings("unchecked") // what is asked for its own class takes its own kind
  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    RuntimeDelegate.HeaderDelegate<Object> delegate =
        (RuntimeDelegate.HeaderDelegate<Object>)
            RuntimeDelegate.getInstance().createHeaderDelegate(value.getClass());
    return delegate == null ? value.toString() : delegate.toString(value);
  }

  static boolean isAboutTheBody(String name) {
    return ABOUT_THE_BODY.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * What of an answer's fields is stored. Response filters set theirs anew on every hit, but for
   * those about the body or about caching.
   *
   * @param own what the resource has set
   * @param filtered what was there once response filters had run
   * @param sent what was sent: interceptors have added to it, and do not run on a hit
   * @param targeted more fields about caching (RFC 9213)
   */
  static Fields stored(Fields own, Fields filtered, Fields sent, List<String> targeted) {
    Fields.Builder stored = Fields.builder();
    for (String name : sent.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean kept =
          ABOUT_THE_BODY.contains(lower)
              || ABOUT_CACHING.contains(lower)
              || targeted.stream().anyMatch(lower::equalsIgnoreCase)
              || !sent.all(name).equals(filtered.all(name));
      (kept ? sent : own).all(name).forEach(value -> stored.add(name, value));
    }
    return stored.build();
  }

  /** Puts fields in place of those of the same names. */
  static void replace(MultivaluedMap<String, Object> headers, Fields fields) {
    for (String name : fields.names()) {
      remove(headers, name);
      fields.all(name).forEach(value -> headers.add(name, value));
    }
  }

  /** Removes a field, however it is written. */
  static void remove(MultivaluedMap<String, Object> headers, String name) {
    for (String key : List.copyOf(headers.keySet())) {
      if (key.equalsIgnoreCase(name)) {
        headers.remove(key);
      }
    }
  }

  /** What a filter adds to what is stored of its own is there once. */
  static void dropRepeated(MultivaluedMap<String, Object> headers, Fields stored) {
    for (String name : stored.names()) {
      List<Object> values = headers.get(name);
      if (values != null && values.size() > stored.all(name).size()) {
        Set<String> texts = new LinkedHashSet<>();
        List<Object> distinct = new ArrayList<>();
        for (Object value : values) {
          if (value != null && texts.add(text(value))) {
            distinct.add(value);
          }
        }
        headers.put(name, distinct);
      }
    }
  }
}
