package dev.slipstream.engine.learn;

import dev.slipstream.config.jmx.EndpointLearning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what is known of an endpoint, and what follows. Pure. */
final class Explanation {
  private static final int THIN = 10;
  private static final int LEAST_REQUESTS = 100;
  private static final double HARDLY_ANY_HITS = 0.01;

  private Explanation() {}

  static EndpointLearning of(LearnedEndpoint endpoint) {
    LearnedEndpoint.Knowledge known = endpoint.knowledge();
    AccessPattern access = endpoint.access();
    ChangeRate rate = known.observations() == 0 ? null : known.rate();
    return new EndpointLearning(
        endpoint.name(),
        endpoint.rule(),
        known.adaptive(),
        verdict(known, access),
        why(known, rate),
        limits(known, rate),
        known.observations(),
        known.changes(),
        rate == null ? null : rate.perHour(),
        rate == null ? null : rate.lowPerMilli() * 3_600_000,
        rate == null ? null : rate.highPerMilli() * 3_600_000,
        known.budget(),
        expectedStale(known, rate),
        known.ttlMillis() / 1000.0,
        known.changedMillis() / 1000.0,
        known.sameMillis() / 1000.0,
        access.requests(),
        access.hitShare(),
        access.perSecond(),
        access.trend(),
        access.topShare(),
        access.zipf(),
        access.repeatShare(),
        endpoint.missMillis(),
        effectiveness(endpoint));
  }

  private static String verdict(LearnedEndpoint.Knowledge known, AccessPattern access) {
    if (known.isVolatile()) {
      return "volatile: not worth caching";
    }
    Double hits = access.hitShareWith((double) ttlMillis(known));
    if (hits != null && access.sampledRequests() >= 1_000 && hits < HARDLY_ANY_HITS) {
      return "hardly asked for again: not worth caching";
    }
    if (known.observations() < THIN) {
      return "too little seen yet";
    }
    return known.adaptive() ? "lifetimes follow the rate of change" : "only observed";
  }

  /** The lifetime that answers get: the rule's own where it is not adaptive. */
  private static long ttlMillis(LearnedEndpoint.Knowledge known) {
    return known.adaptive() ? known.ttlMillis() : known.limits().firstMillis();
  }

  static @Nullable Double expectedStale(
      LearnedEndpoint.Knowledge known, @Nullable ChangeRate rate) {
    return rate == null || known.observations() < THIN
        ? null
        : TtlLimits.staleShare(rate.perMilli(), (double) ttlMillis(known));
  }

  /** Hits that were right, as a share of requests; null where thin. */
  static @Nullable Double effectiveness(LearnedEndpoint endpoint) {
    LearnedEndpoint.Knowledge known = endpoint.knowledge();
    AccessPattern access = endpoint.access();
    if (access.requests() < LEAST_REQUESTS) {
      return null;
    }
    Double stale = expectedStale(known, known.rate());
    return (double) access.hits() / access.requests() * (1 - (stale == null ? 0 : stale));
  }

  private static String why(LearnedEndpoint.Knowledge known, @Nullable ChangeRate rate) {
    if (rate == null) {
      return "no answer was seen twice yet: the rule's own lifetime counts";
    }
    double wanted = known.limits().wantedMillis(rate.cautiousPerMilli(), known.budget());
    return String.format(
        Locale.ROOT,
        "%.0f observations, %.0f of them changes (%.0f told): %.3g changes an hour (%.3g to %.3g);"
            + " at a standard error more, at most %.1f %% of answers stale asks for %.3g s%s",
        known.observations(),
        known.changes(),
        known.told(),
        rate.perHour(),
        rate.lowPerMilli() * 3_600_000,
        rate.highPerMilli() * 3_600_000,
        100 * known.budget(),
        wanted / 1000,
        known.adaptive() ? "" : "; the rule has no adaptive_ttl, so its ttl is kept");
  }

  private static List<String> limits(LearnedEndpoint.Knowledge known, @Nullable ChangeRate rate) {
    List<String> limits = new ArrayList<>();
    if (rate == null) {
      return limits;
    }
    TtlLimits bounds = known.limits();
    double wanted = bounds.wantedMillis(rate.cautiousPerMilli(), known.budget());
    if (wanted < bounds.shortestMillis()) {
      limits.add("min: " + bounds.shortestMillis() / 1000.0 + " s");
    } else if (wanted > bounds.longestMillis() && known.ttlMillis() == bounds.longestMillis()) {
      limits.add("max: " + bounds.longestMillis() / 1000.0 + " s");
    } else if (known.ttlMillis() < 0.95 * Math.min(wanted, (double) bounds.longestMillis())) {
      limits.add("growth: at most twice in a step");
    }
    return limits;
  }
}
