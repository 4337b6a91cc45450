package dev.slipstream.engine.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of application caches: {@code prefix:name:key}.
 *
 * <p>The key is as the application gives it, so that its own patterns match. In the name, colon,
 * percent sign, braces, star and question mark are percent-encoded, and the first character of a
 * name that is reserved for what is not the application's.
 */
final class ApplicationKeys {
  private static final int LONGEST = 16_384; // of L2
  private static final int MOST_TAGS = 64; // likewise
  private static final int LONGEST_TAG = 256;
  private static final List<String> RESERVED = List.of("http_responses");

  private final String prefix;

  ApplicationKeys(String prefix) {
    this.prefix = prefix + ':';
  }

  /** The whole key; a pattern likewise gives the pattern of this cache alone. */
  String of(String cache, String key) {
    StringBuilder whole = new StringBuilder(prefix.length() + cache.length() + key.length() + 8);
    whole.append(prefix);
    boolean reserved = cache.startsWith("_") || RESERVED.contains(cache);
    for (int i = 0; i < cache.length(); i++) {
      char c = cache.charAt(i);
      if ((reserved && i == 0) || isEncoded(c)) {
        whole.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
      } else {
        whole.append(c);
      }
    }
    return whole.append(':').append(key).toString();
  }

  private static boolean isEncoded(char c) {
    return switch (c) {
      case ':', '%', '{', '}', '*', '?' -> true;
      default -> false;
    };
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  /** What the entry under a key is made of: itself alone; null for a key of responses. */
  @Nullable String resourceOf(String key) {
    for (String reserved : RESERVED) {
      if (key.startsWith(prefix) && key.startsWith(reserved + ':', prefix.length())) {
        return null;
      }
    }
    return key;
  }

  /** The same for patterns. */
  List<String> patterns(String cache, List<String> patterns) {
    List<String> whole = new ArrayList<>();
    for (String pattern : patterns) {
      whole.add(of(cache, pattern));
    }
    return whole;
  }

  /** Whether an entry can be stored so, and invalidated by each of its tags. */
  static boolean fit(String key, Collection<String> tags) {
    return key.length() <= LONGEST
        && tags.size() <= MOST_TAGS
        && tags.stream().allMatch(ApplicationKeys::isTag);
  }

  private static boolean isTag(String tag) {
    return !tag.isEmpty()
        && tag.length() <= LONGEST_TAG
        && tag.chars().noneMatch(Character::isISOControl);
  }
}
