package com.example.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;
import java.util.zip.CRC32;

/**
 * A source of numbers that depend on a text alone: the same text, the same numbers, in every run.
 */
final class Seed {

  private final long value;
  private final Random random;

  private Seed(long value) {
    this.value = value;
    this.random = new Random(value);
  }

  static Seed of(String text) {
    var checksum = new CRC32();
    checksum.update(text.getBytes(UTF_8));
    return new Seed(checksum.getValue());
  }

  /** The checksum of the text, from 0 to 2^32 - 1. */
  long value() {
    return value;
  }

  /** The next number, from 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Fills the array with the next numbers. */
  void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
