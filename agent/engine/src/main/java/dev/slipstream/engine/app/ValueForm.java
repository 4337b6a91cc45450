package dev.slipstream.engine.app;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The forms that a value can have as bytes. No form names a class: what is read is of the type that
 * the application has asked for, or one of a few types of the JDK.
 */
enum ValueForm {
  BYTES(0),
  STRING(1),
  BOOLEAN(2),
  CHARACTER(3),
  BYTE(4),
  SHORT(5),
  INTEGER(6),
  LONG(7),
  FLOAT(8),
  DOUBLE(9),
  JSON(10);

  private final int number;

  ValueForm(int number) {
    this.number = number;
  }

  /** What stands for the form among the bytes of an entry, for good. */
  int number() {
    return number;
  }

  /** A value as bytes. */
  static final class Encoded {
    private final ValueForm form;
    private final byte[] bytes;

    /** Takes the bytes, which are not to be changed. */
    Encoded(ValueForm form, byte[] bytes) {
      this.form = form;
      this.bytes = bytes;
    }

    /** How they are to be read. */
    ValueForm form() {
      return form;
    }

    /** The bytes, not to be changed. */
    byte[] bytes() {
      return bytes;
    }
  }

  /** The form with this number, or null. */
  static @Nullable ValueForm of(int number) {
    for (ValueForm form : values()) {
      if (form.number == number) {
        return form;
      }
    }
    return null;
  }

  /**
   * A value as bytes; null where it has no such form, or cannot be had back from it.
   *
   * @param type what the application says the value is, or null
   */
  static @Nullable Encoded encode(Object value, @Nullable Type type, Json json) {
    if (value instanceof byte[] bytes) {
      return new Encoded(BYTES, bytes.clone());
    }
    ValueForm form = ofText(value);
    if (form != null) {
      return new Encoded(form, value.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = type == null ? null : json.write(value, type);
    return bytes == null ? null : new Encoded(JSON, bytes);
  }

  private static @Nullable ValueForm ofText(Object value) {
    if (value instanceof String text) {
      return isWellFormed(text) ? STRING : null;
    }
    if (value instanceof Character c) {
      return Character.isSurrogate(c) ? null : CHARACTER;
    }
    if (value instanceof Number) {
      return ofNumber(value);
    }
    return value instanceof Boolean ? BOOLEAN : null;
  }

  private static @Nullable ValueForm ofNumber(Object value) {
    if (value instanceof Integer) {
      return INTEGER;
    }
    if (value instanceof Long) {
      return LONG;
    }
    if (value instanceof Double) {
      return DOUBLE;
    }
    if (value instanceof Float) {
      return FLOAT;
    }
    if (value instanceof Short) {
      return SHORT;
    }
    return value instanceof Byte ? BYTE : null;
  }

  /** Whether UTF-8 keeps all of it: half a surrogate pair it does not. */
  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * The value of bytes; null where they are none of the type, or there is no Jackson.
   *
   * @param type what the application asks for, or null for what needs no type
   */
  static @Nullable Object decode(Encoded encoded, @Nullable Type type, Json json) {
    byte[] bytes = encoded.bytes();
    if (encoded.form() == BYTES) {
      return bytes.clone();
    }
    if (encoded.form() == JSON) {
      return type == null ? null : json.read(bytes, type);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return switch (encoded.form()) {
        case STRING -> text;
        case BOOLEAN -> Boolean.valueOf(text);
        case CHARACTER -> text.length() == 1 ? text.charAt(0) : null;
        case BYTE -> Byte.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BYTES, JSON -> null;
      };
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
