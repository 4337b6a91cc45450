package dev.slipstream.config.rules;

import dev.slipstream.config.NamePatterns;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request has to have for a rule to treat it in another way.
 *
 * @param kind where to look
 * @param name the name of the field, cookie or parameter; the case of a field's does not matter
 * @param value the values that count; null for any that is neither empty nor {@code 0}
 */
public record RequestCondition(Kind kind, String name, @Nullable NamePatterns value) {

  /** A part of a request that has names and values. */
  public enum Kind {
    /** The header fields. */
    HEADER,
    /** The cookies. */
    COOKIE,
    /** The parameters of the query. */
    QUERY
  }

  public RequestCondition {
    Objects.requireNonNull(kind);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a condition has a name");
    }
  }

  /** Returns whether a value found under the name counts; null stands for none found. */
  public boolean accepts(@Nullable String found) {
    if (found == null) {
      return false;
    }
    return value == null ? !found.isEmpty() && !found.equals("0") : value.matches(found);
  }
}
