package dev.slipstream.engine.cache;

import java.util.List;

/**
 * What objects take in a heap of a 64-bit JVM with compressed references: headers, references and
 * the rounding to 8 bytes included. Without compressed references (heaps of 32 GB and more) it is
 * more.
 */
public final class HeapBytes {
  private static final long ARRAY_HEADER = 16;
  private static final long STRING = 24;
  private static final long LIST = 24;

  private HeapBytes() {}

  /** A multiple of 8. */
  public static long rounded(long bytes) {
    return (bytes + 7) & ~7L;
  }

  /** An array of bytes. */
  public static long ofBytes(int length) {
    return rounded(ARRAY_HEADER + length);
  }

  /** An array of references, what they refer to left out. */
  public static long ofReferences(int length) {
    return rounded(ARRAY_HEADER + 4L * length);
  }

  /** A text with its characters: one byte each, two where one of them is outside Latin-1. */
  public static long of(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > 0xFF) {
        return STRING + rounded(ARRAY_HEADER + 2L * length);
      }
    }
    return STRING + ofBytes(length);
  }

  /** An immutable list of texts. */
  public static long of(List<String> texts) {
    if (texts.isEmpty()) {
      return 0; // there is one for all
    }
    // One or two are in the list itself.
    long bytes = LIST + (texts.size() <= 2 ? 0 : ofReferences(texts.size()));
    for (String text : texts) {
      bytes += of(text);
    }
    return bytes;
  }
}
