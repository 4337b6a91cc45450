package dev.slipstream.engine.profile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The segments of paths that have an endpoint of their own, to see where they vary: {@value
 * #MOST_VALUES} different ones at one place under one prefix are no more endpoints but values of
 * one. Bounded; thread-safe.
 */
final class Segments {
  /** What stands for a value. */
  static final String VALUE = "{value}";

  private static final int MOST_VALUES = 50;
  private static final int MOST_PLACES = 10_000;
  private static final int DEEPEST = 20;

  private final Place root = new Place();
  private int places;

  private static final class Place {
    private final Map<String, Place> next = new HashMap<>(2);
    private @Nullable Place any;
  }

  /**
   * Notes a path. Returns whether a place was found to vary by it: then it and others are called
   * otherwise from now on.
   */
  synchronized boolean note(String path) {
    Place place = root;
    int depth = 0;
    for (String segment : path.split("/", -1)) {
      if (++depth > DEEPEST) {
        return false;
      }
      if (place.any != null && !isTemplate(segment)) {
        place = place.any;
        continue;
      }
      Place next = place.next.get(segment);
      if (next == null) {
        if (places >= MOST_PLACES) {
          return false;
        }
        if (!isTemplate(segment) && values(place) >= MOST_VALUES) {
          vary(place);
          return true;
        }
        places++;
        next = new Place();
        place.next.put(segment, next);
      }
      place = next;
    }
    return false;
  }

  /** Templates that identifiers are written with are no values. */
  private static boolean isTemplate(String segment) {
    return segment.startsWith("{");
  }

  private static int values(Place place) {
    int values = 0;
    for (String segment : place.next.keySet()) {
      values += isTemplate(segment) ? 0 : 1;
    }
    return values;
  }

  private void vary(Place place) {
    place.any = new Place();
    place
        .next
        .entrySet()
        .removeIf(
            one -> {
              boolean value = !isTemplate(one.getKey());
              places -= value ? size(one.getValue()) : 0;
              return value;
            });
  }

  private static int size(Place place) {
    int size = 1;
    for (Place next : place.next.values()) {
      size += size(next);
    }
    return size + (place.any == null ? 0 : size(place.any) - 1);
  }

  /** A path with its values written as one. */
  synchronized String of(String path) {
    Place place = root;
    StringBuilder name = new StringBuilder();
    int start = 0;
    while (place != null && start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(start, end);
      Place any = isTemplate(segment) ? null : place.any;
      name.append(any == null ? segment : VALUE);
      if (slash >= 0) {
        name.append('/');
      }
      start = end + 1;
      place = any == null ? place.next.get(segment) : any;
    }
    return start > path.length() ? name.toString() : name + path.substring(start);
  }
}
