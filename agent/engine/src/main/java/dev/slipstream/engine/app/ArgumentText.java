package dev.slipstream.engine.app;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as parts of keys: different arguments have different texts.
 *
 * <p>That is known of strings, primitive values, enums, UUIDs, big numbers, the types of {@code
 * java.time}, and of lists of the JDK and arrays that have these. What the {@code toString} of
 * anything else says is not enough to tell one from another.
 */
final class ArgumentText {
  private static final int DEEPEST = 4;
  private static final int LONGEST = 8_192;

  private final StringBuilder text = new StringBuilder();

  private ArgumentText() {}

  /** All arguments, each with its type; null where one cannot be told from others. */
  static @Nullable String all(@Nullable Object[] arguments) {
    ArgumentText all = new ArgumentText();
    for (int i = 0; i < arguments.length; i++) {
      all.text.append(i == 0 ? "" : ",");
      if (!all.append(arguments[i], 0)) {
        return null;
      }
    }
    return all.text.toString();
  }

  /** One argument, with its type. */
  static @Nullable String of(@Nullable Object argument) {
    ArgumentText one = new ArgumentText();
    return one.append(argument, 0) ? one.text.toString() : null;
  }

  /** One argument as text alone: its type is known. */
  static @Nullable String plain(@Nullable Object argument, Class<?> type) {
    boolean simple =
        argument != null
            && (type.isPrimitive() || type == String.class || isSimple(argument, type));
    if (!simple) {
      return of(argument);
    }
    ArgumentText one = new ArgumentText();
    one.appendEscaped(String.valueOf(argument));
    return one.text.length() <= LONGEST ? one.text.toString() : null;
  }

  private static boolean isSimple(Object argument, Class<?> type) {
    return argument.getClass() == type
        && ((argument instanceof Number && type.getPackageName().equals("java.lang"))
            || argument instanceof Boolean
            || argument instanceof Character
            || argument instanceof UUID);
  }

  private boolean append(@Nullable Object value, int depth) {
    if (text.length() > LONGEST || depth > DEEPEST) {
      return false;
    }
    if (value == null) {
      text.append('~');
    } else if (value instanceof String string) {
      text.append('"');
      appendEscaped(string);
      text.append('"');
    } else if (value instanceof Integer || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof Character c) {
      text.append('\'');
      appendEscaped(c.toString());
      text.append('\'');
    } else if (value instanceof Enum<?> constant) {
      text.append(constant.getDeclaringClass().getName()).append('.').append(constant.name());
    } else if (value.getClass().isArray()) {
      return appendArray(value, depth);
    } else if (value instanceof List<?> list && isOfTheJdk(value)) {
      return appendList(list, depth);
    } else if (isPlain(value)) {
      text.append(value.getClass().getSimpleName()).append('(');
      appendEscaped(value.toString());
      text.append(')');
    } else {
      return false;
    }
    return text.length() <= LONGEST;
  }

  private static boolean isPlain(Object value) {
    Class<?> type = value.getClass();
    return (value instanceof Number && type.getPackageName().equals("java.lang"))
        || type == BigInteger.class
        || type == BigDecimal.class
        || type == UUID.class
        || (type.getPackageName().equals("java.time") && value instanceof Comparable);
  }

  private static boolean isOfTheJdk(Object value) {
    return value.getClass().getClassLoader() == null; // another may load what is in it
  }

  private boolean appendArray(Object array, int depth) {
    text.append(array.getClass().getComponentType().getName()).append('[');
    int length = Array.getLength(array);
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : ",");
      if (!append(Array.get(array, i), depth + 1)) {
        return false;
      }
    }
    text.append(']');
    return true;
  }

  private boolean appendList(List<?> list, int depth) {
    text.append('[');
    boolean first = true;
    for (Object element : list) {
      text.append(first ? "" : ",");
      first = false;
      if (!append(element, depth + 1)) {
        return false;
      }
    }
    text.append(']');
    return true;
  }

  /** Encodes what has a meaning in keys and patterns, and what would end a string. */
  private void appendEscaped(String value) {
    int length = Math.min(value.length(), LONGEST + 1);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      switch (c) {
        case ':', '%', '*', '?', '{', '}', '"', '\'', '~', '\n', '\r' ->
            text.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
        default -> text.append(c);
      }
    }
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
