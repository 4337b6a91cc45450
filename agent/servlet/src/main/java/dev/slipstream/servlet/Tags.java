package dev.slipstream.servlet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tags that an application gives its answer by fields such as Surrogate-Key and Cache-Tag; they
 * are for the cache alone. Not thread-safe.
 */
final class Tags {
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_TAG = 256;

  private final List<String> fieldNames;
  private final Set<String> tags = new LinkedHashSet<>();

  Tags(List<String> fieldNames) {
    this.fieldNames = fieldNames;
  }

  /** Whether a field carries tags. */
  boolean isField(String name) {
    for (int i = 0; i < fieldNames.size(); i++) {
      if (fieldNames.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the words of such a field, which spaces or commas separate. */
  void add(String value) {
    for (String tag : value.split("[\\s,]+", -1)) {
      if (!tag.isEmpty() && tag.length() <= LONGEST_TAG && tags.size() < MOST_TAGS) {
        tags.add(tag);
      }
    }
  }

  /** Forgets them. */
  void clear() {
    tags.clear();
  }

  List<String> all() {
    return new ArrayList<>(tags);
  }
}
