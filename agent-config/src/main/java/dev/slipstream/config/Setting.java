package dev.slipstream.config;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings.
 *
 * @param name lower case with underscores; in upper case, the environment variable
 * @param plainEnvironment whether the variable is read without {@code SLIPSTREAM_} too
 * @param type what is accepted
 * @param defaultText the default, as an operator would write it
 * @param secret whether the value must never be shown
 * @param whenBad what happens where the value cannot be used; null where the default is used
 * @param description one sentence for the reference page
 * @param <T> the value
 */
record Setting<T>(
    String name,
    boolean plainEnvironment,
    ValueType<T> type,
    String defaultText,
    boolean secret,
    @Nullable String whenBad,
    String description) {

  Setting {
    Objects.requireNonNull(type);
    Objects.requireNonNull(defaultText);
    Objects.requireNonNull(description);
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("not in lower case: " + name);
    }
  }

  /** Returns the variable that is read where {@link #plainEnvironment} says so. */
  String plainVariable() {
    return name.toUpperCase(Locale.ROOT);
  }

  /** Returns the variable that is always read. */
  String ownVariable() {
    return "SLIPSTREAM_" + plainVariable();
  }

  /** Returns what happens with a bad value, without a default too long for one line. */
  String consequence() {
    if (whenBad != null) {
      return whenBad;
    }
    return "the default " + (defaultText.length() <= 60 ? defaultText + " " : "") + "is used";
  }

  /** Returns the default's value. */
  T defaultValue() {
    try {
      return type.parse(defaultText);
    } catch (InvalidValueException e) {
      throw new IllegalStateException("the default of " + name + " " + e.what(), e);
    }
  }
}
