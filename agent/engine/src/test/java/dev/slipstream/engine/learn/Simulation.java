package dev.slipstream.engine.learn;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.ParsedRules;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.profile.EndpointNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One endpoint's answers, asked for at random, in a cache of one lifetime or of learned ones. */
final class Simulation {
  private final long[] requestMillis;
  private final int[] requestKeys;
  private final List<Source> sources;
  private final long countedFrom;

  /**
   * Draws the requests.
   *
   * @param perSecond requests in a second, for all keys together
   * @param countedFrom what comes before is for learning alone
   */
  Simulation(Random random, List<Source> sources, double perSecond, long countedFrom, long until) {
    this.sources = sources;
    this.countedFrom = countedFrom;
    int count = (int) (perSecond * until / 1000);
    requestMillis = new long[count];
    requestKeys = new int[count];
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += Source.exponential(random, 1000 / perSecond);
      requestMillis[i] = (long) at;
      requestKeys[i] = random.nextInt(sources.size());
    }
  }

  /**
   * What came of it.
   *
   * @param hits the share of requests that were hits
   * @param stale the share of requests that were answered with what had changed
   */
  record Outcome(double hits, double stale) {}

  /** How long one more answer is fresh. */
  interface Lifetimes {
    long millis(int key, int version, long now);
  }

  Outcome run(Lifetimes lifetimes) {
    int[] stored = new int[sources.size()];
    long[] freshUntil = new long[sources.size()];
    long counted = 0;
    long hits = 0;
    long stale = 0;
    for (int i = 0; i < requestMillis.length; i++) {
      long now = requestMillis[i];
      int key = requestKeys[i];
      int version = sources.get(key).version(now);
      boolean hit = now < freshUntil[key];
      if (!hit) {
        stored[key] = version;
        freshUntil[key] = now + lifetimes.millis(key, version, now);
      }
      if (now >= countedFrom) {
        counted++;
        hits += hit ? 1 : 0;
        stale += stored[key] == version ? 0 : 1;
      }
    }
    return new Outcome((double) hits / counted, (double) stale / counted);
  }

  Outcome fixed(long ttlMillis) {
    return run((key, version, now) -> ttlMillis);
  }

  /** The best that a fixed lifetime does which makes no more answers stale. */
  Outcome bestFixed(double stale, long shortestMillis, long longestMillis) {
    long low = shortestMillis;
    long high = longestMillis;
    Outcome best = fixed(low);
    Outcome longest = fixed(high);
    if (longest.stale() <= stale) {
      return longest;
    }
    while (high - low > Math.max(1, low / 1000)) {
      long middle = (low + high) / 2;
      Outcome outcome = fixed(middle);
      if (outcome.stale() <= stale) {
        low = middle;
        best = outcome;
      } else {
        high = middle;
      }
    }
    return best;
  }

  /** What the product does under a rule, in YAML's flow style without its name and pattern. */
  Outcome learned(String rule, long seed) {
    ParsedRules parsed =
        RulesFile.parse("test", "rules: [{name: test, pattern: /**, " + rule + "}]");
    CacheRule adaptive = parsed.rules().rules().get(0);
    MutableClock clock = new MutableClock();
    Random random = new Random(seed);
    Learning learning =
        new Learning(true, Duration.ofMinutes(5), new EndpointNames(), clock, random::nextDouble);
    long[] at = {0, 0};
    return run(
        (key, version, now) -> {
          clock.advance(Duration.ofMillis(now - at[0]));
          at[0] = now;
          if (now - at[1] >= 1000) {
            at[1] = now;
            learning.tick();
          }
          Refetch refetch = learning.refetch("GET", "/items/" + key, adaptive);
          byte[] body = Integer.toString(version).getBytes(StandardCharsets.UTF_8);
          refetch.answered("key" + key, 200, body, null);
          return refetch.lifetime(200).freshMillis();
        });
  }
}
