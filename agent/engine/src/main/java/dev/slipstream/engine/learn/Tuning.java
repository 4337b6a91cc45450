package dev.slipstream.engine.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What another size of L1, or other lifetimes, would bring. Pure. */
final class Tuning {
  private static final double WORTH_SAYING = 0.02;

  private Tuning() {}

  /** Lines for an operator; none where the evidence is thin, or nothing is to be gained. */
  static List<String> of(GhostList ghosts, long maxMemoryBytes, List<LearnedEndpoint> endpoints) {
    List<String> lines = new ArrayList<>();
    long requests = endpoints.stream().mapToLong(endpoint -> endpoint.access().requests()).sum();
    for (double larger : GhostList.LARGER_BY) {
      Long hits = ghosts.hitsWith((long) (larger * maxMemoryBytes));
      if (hits != null && hits > WORTH_SAYING * requests) {
        lines.add(
            String.format(
                Locale.ROOT,
                "cache_max_memory_mb: %d in place of %d would have brought at most %d hits more of"
                    + " %d requests since the start (from %d sampled misses of what was evicted)",
                (long) ((1 + larger) * maxMemoryBytes) >> 20,
                maxMemoryBytes >> 20,
                hits,
                requests,
                ghosts.samples()));
      }
    }
    endpoints.forEach(endpoint -> addLifetime(endpoint, lines));
    return lines;
  }

  private static void addLifetime(LearnedEndpoint endpoint, List<String> lines) {
    LearnedEndpoint.Knowledge known = endpoint.knowledge();
    ChangeRate rate = known.rate();
    if (known.adaptive() || endpoint.rule().isEmpty() || rate == null || known.changes() < 5) {
      return;
    }
    TtlLimits limits = known.limits();
    double wanted = limits.wantedMillis(rate.cautiousPerMilli(), known.budget());
    Double now = endpoint.access().hitShareWith((double) limits.firstMillis());
    Double then = endpoint.access().hitShareWith(wanted);
    if (now == null || then == null) {
      return;
    }
    boolean longer = wanted > 1.5 * limits.firstMillis() && then - now > WORTH_SAYING;
    double stale = TtlLimits.staleShare(rate.lowPerMilli(), (double) limits.firstMillis());
    if (longer || stale > known.budget()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "rule %s, %s: ttl %.3g s in place of %.3g s: hits %.0f %% in place of %.0f %% (from"
                  + " %.0f requests), about %.1f %% of them stale in place of %.1f %% (from %.0f"
                  + " observations)",
              endpoint.rule(),
              endpoint.name(),
              wanted / 1000,
              limits.firstMillis() / 1000.0,
              100 * then,
              100 * now,
              endpoint.access().sampledRequests(),
              100 * TtlLimits.staleShare(rate.perMilli(), wanted),
              100 * TtlLimits.staleShare(rate.perMilli(), (double) limits.firstMillis()),
              known.observations()));
    }
  }
}
