package dev.slipstream.api;

import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where application code gets its caches.
 *
 * <p>A cache is cheap and may be kept in a static field, made before the agent comes or after. It
 * belongs to the class that asks for it: what it holds in this process is shared within that
 * class's loader alone, and goes with it.
 */
public final class Slipstream {
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private Slipstream() {}

  /**
   * The cache of a name, whose values are shared between processes where they are strings, byte
   * arrays, numbers or booleans; others stay in this process.
   *
   * @param name the first part of each key, the namespace; neither empty nor blank
   */
  public static Cache cache(String name) {
    return new Cache(STACK.getCallerClass(), checked(name), null);
  }

  /**
   * The cache of a name, whose values are of one type; they are shared between processes as JSON
   * where the application has Jackson.
   *
   * @param name the first part of each key, the namespace; neither empty nor blank
   * @param valueType a class, or a type with type arguments; an entry of another type is a miss
   */
  public static Cache cache(String name, Type valueType) {
    return new Cache(STACK.getCallerClass(), checked(name), Objects.requireNonNull(valueType));
  }

  private static String checked(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a cache has a name");
    }
    return name;
  }
}
