package dev.slipstream.engine.cache;

/**
 * A glob over keys: {@code *} stands for any characters, {@code ?} for one.
 *
 * <p>It matches the full key, the key without its prefix, or without prefix and namespace: {@code
 * apigw:http_responses:GET:/users*}, {@code http_responses:GET:/users*} and {@code GET:/users*} are
 * the same. Matching is linear in the lengths multiplied, whatever the pattern.
 *
 * @param glob the pattern as written
 */
public record KeyPattern(String glob) {
  public KeyPattern {
    if (glob.isEmpty()) {
      throw new IllegalArgumentException("a pattern is not empty");
    }
  }

  /** Whether a key is matched. */
  public boolean matches(String key) {
    int start = 0;
    for (int part = 0; part < 3; part++) {
      if (matchesFrom(key, start)) {
        return true;
      }
      int colon = key.indexOf(':', start);
      if (colon < 0) {
        return false;
      }
      start = colon + 1;
    }
    return false;
  }

  private boolean matchesFrom(String key, int start) {
    int p = 0;
    int k = start;
    int star = -1;
    int afterStar = start;
    while (k < key.length()) {
      if (p < glob.length() && glob.charAt(p) == '*') {
        star = p++;
        afterStar = k;
      } else if (p < glob.length() && (glob.charAt(p) == '?' || glob.charAt(p) == key.charAt(k))) {
        p++;
        k++;
      } else if (star >= 0) {
        p = star + 1;
        k = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < glob.length() && glob.charAt(p) == '*') {
      p++;
    }
    return p == glob.length();
  }
}
