package dev.slipstream.engine.http;

import java.util.Arrays;

/** The copy of a response body while it is being written: bytes up to a bound. Not thread-safe. */
final class Body {
  private static final int FIRST_CAPACITY = 2048;

  private final int maxBytes;
  private byte[] bytes = {};
  private int length;

  Body(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Appends bytes. Returns false, and takes nothing, where they would go over the bound. */
  boolean append(byte[] source, int offset, int count) {
    if (!makeRoom(count)) {
      return false;
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return true;
  }

  /** Appends one byte, likewise. */
  boolean append(byte one) {
    if (!makeRoom(1)) {
      return false;
    }
    bytes[length++] = one;
    return true;
  }

  private boolean makeRoom(int count) {
    if (count > maxBytes - length) {
      return false;
    }
    if (count > bytes.length - length) {
      long doubled = Math.max(FIRST_CAPACITY, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(doubled, length + count)));
    }
    return true;
  }

  /** Forgets what there is, and the room for it: an exchange given up on may last for hours. */
  void clear() {
    bytes = new byte[0];
    length = 0;
  }

  int length() {
    return length;
  }

  byte[] toByteArray() {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }
}
