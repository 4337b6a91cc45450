package dev.slipstream.engine.redis;

import java.util.Collection;
import java.util.List;

/** What may be a tag, and how an entry's tags are written. */
final class Tags {
  static final int GREATEST_COUNT = 64;
  static final int GREATEST_LENGTH = 256;

  private Tags() {}

  static boolean isTag(String tag) {
    return !tag.isEmpty() && tag.length() <= GREATEST_LENGTH && tag.indexOf('\n') < 0;
  }

  static boolean areTags(Collection<String> tags) {
    return tags.size() <= GREATEST_COUNT && tags.stream().allMatch(Tags::isTag);
  }

  /**
   * A pattern that stands for the entries that have all of the tags: an empty line, which no key
   * begins with, and the tags by line.
   */
  static String together(Collection<String> tags) {
    return '\n' + joined(tags);
  }

  /** Whether a pattern is of tags. */
  static boolean areTogether(String pattern) {
    return pattern.startsWith("\n");
  }

  /** The tags of lines. */
  static List<String> of(String lines) {
    return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
  }

  /** The tags by line. */
  static String joined(Collection<String> tags) {
    return String.join("\n", tags);
  }
}
