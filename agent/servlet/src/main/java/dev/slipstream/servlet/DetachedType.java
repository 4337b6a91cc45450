package dev.slipstream.servlet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content type of a response, of which the charset is a part that is set in several ways. */
final class DetachedType {
  private static final String PARAMETER = "charset=";

  private final ContainerHabits habits;
  private @Nullable String type;
  private @Nullable String charset;
  private boolean fixed;

  DetachedType(ContainerHabits habits) {
    this.habits = habits;
  }

  void set(@Nullable String value) {
    if (value == null) {
      type = null;
      if (!fixed) {
        charset = null;
      }
      return;
    }
    StringBuilder rest = new StringBuilder();
    for (String part : value.split(";", -1)) {
      String parameter = part.strip();
      if (rest.length() > 0 && parameter.toLowerCase(Locale.ROOT).startsWith(PARAMETER)) {
        setCharset(parameter.substring(PARAMETER.length()).replace("\"", "").strip());
      } else {
        rest.append(rest.length() == 0 ? "" : ";").append(part);
      }
    }
    type = rest.toString();
  }

  /** Ignored once the writer is taken (Servlet §5.5). */
  void setCharset(@Nullable String name) {
    if (!fixed) {
      charset = name;
    }
  }

  boolean isCharsetStated() {
    return charset != null;
  }

  /** The charset that a writer has or would have. */
  String charset() {
    return charset == null ? habits.writerCharset(type) : charset;
  }

  /** Settles the charset, since the writer is taken. */
  void fix() {
    charset = charset();
    fixed = true;
  }

  void reset() {
    type = null;
    charset = null;
    fixed = false;
  }

  @Nullable String text() {
    return type == null || charset == null || habits.isAssumed(type, charset)
        ? type
        : type + ";" + PARAMETER + charset;
  }
}
