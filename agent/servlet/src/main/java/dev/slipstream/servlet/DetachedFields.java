package dev.slipstream.servlet;

import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a response, with those that are more than a field to a container. */
final class DetachedFields {
  private final ContainerHabits habits;
  private final DetachedType type;
  private final Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  DetachedFields(ContainerHabits habits, DetachedType type) {
    this.habits = habits;
    this.type = type;
  }

  List<String> names() {
    List<String> all = new ArrayList<>(values.keySet());
    if (type.text() != null) {
      all.add("Content-Type");
    }
    return all;
  }

  List<String> all(String name) {
    if (isType(name)) {
      String text = type.text();
      return text == null ? List.of() : List.of(text);
    }
    String first = names.get(name);
    return first == null ? List.of() : List.copyOf(values.getOrDefault(first, List.of()));
  }

  void set(@Nullable String name, @Nullable String value) {
    if (name == null || name.isEmpty()) {
      return;
    }
    if (value == null) {
      if (habits.nullRemovesField()) {
        remove(name);
      }
    } else if (isType(name)) {
      type.set(value);
    } else {
      remove(name);
      add(name, value);
    }
  }

  void add(@Nullable String name, @Nullable String value) {
    if (name == null || name.isEmpty() || value == null) {
      return;
    }
    if (isType(name)) {
      type.set(value);
    } else if (name.equalsIgnoreCase("Content-Length") && names.containsKey(name)) {
      remove(name);
      add(name, value);
    } else {
      String first = names.computeIfAbsent(name, same -> same);
      values.computeIfAbsent(first, same -> new ArrayList<>()).add(value);
    }
  }

  void setLength(long length) {
    if (length < 0) {
      remove("Content-Length");
    } else {
      set("Content-Length", Long.toString(length));
    }
  }

  void clear() {
    names.clear();
    values.clear();
  }

  private void remove(String name) {
    if (isType(name)) {
      type.set(null);
      return;
    }
    String first = names.remove(name);
    if (first != null) {
      values.remove(first);
    }
  }

  private static boolean isType(String name) {
    return name.equalsIgnoreCase("Content-Type");
  }

  /** A cookie as a field says it (RFC 6265 §4.1); a response that sets one is not stored anyway. */
  static String text(Cookie cookie) {
    StringBuilder text = new StringBuilder();
    text.append(cookie.getName()).append('=').append(cookie.getValue());
    if (cookie.getMaxAge() >= 0) {
      text.append("; Max-Age=").append(cookie.getMaxAge());
    }
    if (cookie.getDomain() != null) {
      text.append("; Domain=").append(cookie.getDomain());
    }
    if (cookie.getPath() != null) {
      text.append("; Path=").append(cookie.getPath());
    }
    return text.append(cookie.getSecure() ? "; Secure" : "")
        .append(cookie.isHttpOnly() ? "; HttpOnly" : "")
        .toString();
  }
}
