package dev.slipstream.config.rules;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A kind of request that, once it succeeded, makes all that a rule has cached invalid.
 *
 * @param method POST, PUT, PATCH or DELETE; null for any of them
 * @param pattern the paths
 */
public record InvalidationTrigger(@Nullable String method, PathPattern pattern) {

  /** The methods that change something (RFC 9110, section 9.2.1, has the safe ones). */
  static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");

  public InvalidationTrigger {
    Objects.requireNonNull(pattern);
    if (method != null && !METHODS.contains(method)) {
      throw new IllegalArgumentException("not a method that changes something: " + method);
    }
  }

  /** Returns whether such a request is of this kind; allocates nothing. */
  public boolean matches(String method, String path) {
    return (this.method == null ? METHODS.contains(method) : this.method.equals(method))
        && pattern.matches(path);
  }
}
