package dev.slipstream.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The Damerau-Levenshtein distance (adjacent letters may be swapped) between two names. */
final class EditDistance {

  private static final int LONGEST_NAME = 64;

  private EditDistance() {}

  /** Returns the candidate most like the name, or null where none is like it. */
  static @Nullable String nearest(String name, Collection<String> candidates) {
    if (name.length() > LONGEST_NAME) {
      return null;
    }
    String nearest = null;
    int smallest = Math.max(1, Math.min(3, name.length() / 3)) + 1;
    for (String candidate : candidates) {
      int distance = between(name, candidate);
      if (distance < smallest) {
        smallest = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static int between(String left, String right) {
    int[][] distance = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = distance[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, distance[i - 1][j] + 1);
        best = Math.min(best, distance[i][j - 1] + 1);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          best = Math.min(best, distance[i - 2][j - 2] + 1);
        }
        distance[i][j] = best;
      }
    }
    return distance[left.length()][right.length()];
  }
}
