package dev.slipstream.engine.http;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tags that an application gives its answer by fields such as Surrogate-Key and Cache-Tag; they
 * are for the cache alone. Not thread-safe.
 */
public final class AnswerTags {
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_TAG = 256;

  private final List<String> fieldNames;
  private Map<String, Set<String>> tags = Map.of(); // as it is for most

  /** Makes an answer without tags; these fields would carry them. */
  public AnswerTags(List<String> fieldNames) {
    this.fieldNames = fieldNames;
  }

  /** Whether a field carries tags. */
  public boolean isField(String name) {
    for (int i = 0; i < fieldNames.size(); i++) {
      if (fieldNames.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the words of such a field, which spaces or commas separate. */
  public void add(String name, String value) {
    if (tags.isEmpty()) {
      tags = new LinkedHashMap<>();
    }
    Set<String> ofField = tags.computeIfAbsent(lower(name), first -> new LinkedHashSet<>());
    for (String tag : value.split("[\\s,]+", -1)) {
      if (!tag.isEmpty() && tag.length() <= LONGEST_TAG && ofField.size() < MOST_TAGS) {
        ofField.add(tag);
      }
    }
  }

  /** Forgets those of a field. */
  public void clear(String name) {
    if (!tags.isEmpty()) {
      tags.remove(lower(name));
    }
  }

  /** Forgets them all. */
  public void clear() {
    tags = Map.of();
  }

  /** The first of them, as many as an entry may have. */
  public List<String> all() {
    return tags.isEmpty()
        ? List.of()
        : tags.values().stream().flatMap(Set::stream).distinct().limit(MOST_TAGS).toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
