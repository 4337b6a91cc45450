package dev.slipstream.engine.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the model's origin says in Cache-Control. Seconds are negative where a directive is absent.
 *
 * @param flags the directives without an argument
 */
record ModelDirectives(
    int maxAge, int sharedMaxAge, int whileRevalidate, int ifError, List<String> flags) {

  static ModelDirectives any(Random random) {
    List<String> flags = new ArrayList<>();
    flag(flags, "public", 5, random);
    flag(flags, "must-revalidate", 12, random);
    flag(flags, "proxy-revalidate", 25, random);
    flag(flags, "no-cache", 12, random);
    flag(flags, "no-store", 20, random);
    flag(flags, "private", 15, random);
    return new ModelDirectives(
        seconds(100, 2, random),
        seconds(100, 10, random),
        seconds(60, 3, random),
        seconds(150, 3, random),
        flags);
  }

  private static void flag(List<String> flags, String name, int oneIn, Random random) {
    if (random.nextInt(oneIn) == 0) {
      flags.add(name);
    }
  }

  private static int seconds(int most, int oneIn, Random random) {
    return random.nextInt(oneIn) == 0 ? random.nextInt(most) : -1;
  }

  boolean says(String flag) {
    return flags.contains(flag);
  }

  boolean isShared() {
    return says("public") || says("must-revalidate") || sharedMaxAge >= 0;
  }

  boolean forbidsStale() {
    return says("must-revalidate")
        || says("proxy-revalidate")
        || says("no-cache")
        || sharedMaxAge >= 0;
  }

  /** The field's value, which is never empty: an extension that means nothing begins it. */
  String text() {
    StringBuilder text = new StringBuilder("ext");
    flags.forEach(flag -> text.append(", ").append(flag));
    argument(text, "max-age", maxAge);
    argument(text, "s-maxage", sharedMaxAge);
    argument(text, "stale-while-revalidate", whileRevalidate);
    argument(text, "stale-if-error", ifError);
    return text.toString();
  }

  private static void argument(StringBuilder text, String name, int seconds) {
    if (seconds >= 0) {
      text.append(", ").append(name).append('=').append(seconds);
    }
  }
}
