package dev.slipstream.engine.redis;

import java.util.Collection;

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

  /** The tags by line. */
  static String joined(Collection<String> tags) {
    return String.join("\n", tags);
  }
}
