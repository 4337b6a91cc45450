package dev.slipstream.engine.app;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a type of the application's says of objects. */
final class Types {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          boolean.class, Boolean.class,
          char.class, Character.class,
          byte.class, Byte.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private Types() {}

  /** Whether an object can be of a type, its type arguments left aside; null is any type. */
  static boolean hold(Object value, @Nullable Type type) {
    if (type instanceof Class<?> plain) {
      return boxed(plain).isInstance(value);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      return raw.isInstance(value);
    }
    return !(type instanceof GenericArrayType) || value.getClass().isArray();
  }

  private static Class<?> boxed(Class<?> type) {
    return BOXES.getOrDefault(type, type);
  }
}
