package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import java.util.Objects;

/**
 * A pattern for paths: {@code *} stands for any characters within a segment (as the last character
 * of the pattern, across segments), {@code **} for any characters across segments, {@code ?} for
 * one character but {@code /}, {@code {a,b}} for either; all else stands for itself, in this case.
 *
 * <p>Matching takes one step for each character of the path and allocates nothing.
 */
public final class PathPattern {

  /** Every path. */
  static final PathPattern ANY = any();

  private final String text;
  private final String prefix;
  private final Automaton rest;

  private PathPattern(String text, String prefix, Automaton rest) {
    this.text = text;
    this.prefix = prefix;
    this.rest = rest;
  }

  /** Returns the pattern for a text of at most 256 characters. */
  public static PathPattern parse(String text) throws InvalidValueException {
    int prefixLength = PatternParser.literalPrefixLength(text);
    return new PathPattern(
        text, text.substring(0, prefixLength), PatternParser.parse(text, prefixLength).compile());
  }

  private static PathPattern any() {
    try {
      return parse("/**");
    } catch (InvalidValueException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether the whole path fits the pattern. */
  public boolean matches(String path) {
    return path.startsWith(prefix) && rest.matches(path, prefix.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(text);
  }

  /** Returns the pattern as the operator wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
