package dev.slipstream.engine.codec;

import org.jspecify.annotations.Nullable;

/** What a frame's payload is. A payload whose form changes gets a number of its own. */
public enum Kind {
  /** A response of the HTTP cache. */
  RESPONSE(1),
  /** The index of a URL's variants. */
  VARIANTS(2),
  /** A value that the application stored. */
  VALUE(3);

  private static final Kind[] KINDS = values();

  private final byte number;

  Kind(int number) {
    this.number = (byte) number;
  }

  byte number() {
    return number;
  }

  /** The kind with a number; null where there is none. */
  static @Nullable Kind numbered(byte number) {
    for (Kind kind : KINDS) {
      if (kind.number == number) {
        return kind;
      }
    }
    return null;
  }
}
