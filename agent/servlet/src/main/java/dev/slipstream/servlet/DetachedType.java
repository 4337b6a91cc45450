package dev.slipstream.servlet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content type of a response, of which the charset is a part that is set in several ways. */
final class DetachedType {
  private static final String PARAMETER = "charset=";

  private final ContainerHabits habits;
  private @Nullable String type;
  private @Nullable String charset;
  private @Nullable String verbatim;
  private boolean silent;
  private boolean fixed;

  DetachedType(ContainerHabits habits) {
    this.habits = habits;
  }

  void set(@Nullable String value) {
    verbatim = null;
    if (value == null) {
      type = null;
      if (!fixed) {
        charset = null;
      }
      return;
    }
    String stated = null;
    StringBuilder rest = new StringBuilder();
    for (String part : value.split(";", -1)) {
      String parameter = part.strip();
      if (rest.length() > 0 && parameter.toLowerCase(Locale.ROOT).startsWith(PARAMETER)) {
        stated = parameter.substring(PARAMETER.length()).replace("\"", "").strip();
      } else {
        rest.append(rest.length() == 0 ? "" : ";").append(part);
      }
    }
    type = rest.toString();
    if (stated == null || fixed) {
      silent = charset != null && habits.isAssumed(type, charset);
    } else {
      setCharset(stated);
      verbatim = habits.keepsType() ? value : null;
    }
  }

  /** Ignored once the writer is taken (Servlet §5.5). */
  void setCharset(@Nullable String name) {
    if (!fixed) {
      charset = name;
      silent = false;
      verbatim = null;
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
    if (charset == null) {
      charset = charset();
      silent = type != null && habits.isAssumed(type, charset);
    }
    fixed = true;
  }

  void reset() {
    verbatim = null;
    type = null;
    charset = null;
    fixed = false;
  }

  @Nullable String text() {
    if (verbatim != null) {
      return verbatim;
    }
    return type == null || charset == null || silent ? type : type + ";" + PARAMETER + charset;
  }
}
