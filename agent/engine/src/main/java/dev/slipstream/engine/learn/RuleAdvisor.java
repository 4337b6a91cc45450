package dev.slipstream.engine.learn;

import dev.slipstream.config.jmx.ObservedEndpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proposes rules for what was seen of traffic, with what they would bring and what speaks against
 * them. Pure; the operator decides.
 *
 * <p>Nothing is proposed where answers were seen to be somebody's own, nor where the evidence is
 * thin.
 */
final class RuleAdvisor {
  private static final int LEAST_OBSERVATIONS = 5;
  private static final double LEAST_HITS = 0.05;
  private static final double STALENESS = 0.05;
  private static final long LONGEST_SECONDS = 3_600;
  private static final Pattern VARIABLE = Pattern.compile("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}");
  private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._~!$&'()+,;=:@%{}\\\\*-]*");
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i).*\\b(me|user|account|profile|customer|person|patient|order|invoice|payment|basket"
              + "|cart|session|mail|message|address)s?\\b.*");

  private RuleAdvisor() {}

  /**
   * A rules file, in the form of {@code cache_rules.yaml}.
   *
   * @param observed what was observed, by endpoint
   */
  static String advise(List<LearnedEndpoint> endpoints, Map<String, ObservedEndpoint> observed) {
    List<String> rules = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<LearnedEndpoint> inOrder =
        endpoints.stream()
            .filter(endpoint -> endpoint.name().startsWith("GET /"))
            .sorted(
                Comparator.comparingInt((LearnedEndpoint endpoint) -> -segments(endpoint.name()))
                    .thenComparing(LearnedEndpoint::name))
            .toList();
    for (LearnedEndpoint endpoint : inOrder) {
      String against = against(endpoint, observed.get(endpoint.name()));
      if (against != null) {
        others.add("# not proposed: " + oneLine(endpoint.name()) + ": " + against + "\n");
      } else {
        String rule = rule(endpoint, observed.get(endpoint.name()), names);
        if (rule != null) {
          rules.add(rule);
        }
      }
    }
    return "# Proposed from the traffic that was seen. Nothing of it is in force: read it, and take"
        + " what is right.\n"
        + String.join("", others)
        + (rules.isEmpty() ? "rules: []\n" : "rules:\n" + String.join("\n", rules));
  }

  /** Fixed segments come first: the first rule that fits counts. */
  private static int segments(String name) {
    int count = 0;
    for (String segment : name.split("/", -1)) {
      count += segment.isEmpty() ? 0 : segment.contains("{") ? 10 : 11;
    }
    return count;
  }

  /** Why no rule is proposed whatever traffic there is; null for no reason. */
  private static @Nullable String against(
      LearnedEndpoint endpoint, @Nullable ObservedEndpoint observed) {
    if (observed != null && observed.wouldHaveLeaked() > 0) {
      return observed.wouldHaveLeaked() + " answers would have gone to another identity";
    }
    for (Risk risk : List.of(Risk.PRIVATE, Risk.IDENTITY_READ, Risk.SET_COOKIE, Risk.NO_STORE)) {
      long count = endpoint.risks(risk);
      if (count > 0) {
        return switch (risk) {
          case PRIVATE -> count + " answers said that they are private";
          case IDENTITY_READ -> "the application looked at who is asking, " + count + " times";
          case SET_COOKIE -> count + " answers set a cookie";
          default -> count + " answers said no-store";
        };
      }
    }
    return endpoint.isVolatile() ? "its answers change too often to be worth caching" : null;
  }

  private static @Nullable String rule(
      LearnedEndpoint endpoint, @Nullable ObservedEndpoint observed, Set<String> names) {
    LearnedEndpoint.Knowledge known = endpoint.knowledge();
    ChangeRate rate = known.rate();
    String path = endpoint.name().substring("GET ".length());
    if (endpoint.isServed()
        || rate == null
        || known.observations() < LEAST_OBSERVATIONS
        || !PLAIN.matcher(path).matches()) {
      return null;
    }
    double wanted = 2 * STALENESS / rate.cautiousPerMilli() / 1000;
    long ttl = rounded(Math.min((double) LONGEST_SECONDS, wanted));
    Double hits = ttl < 1 ? null : endpoint.access().hitShareWith(ttl * 1000.0);
    Double present = endpoint.access().hitShare();
    if (hits == null || hits < LEAST_HITS || (present != null && present >= hits)) {
      return null;
    }
    StringBuilder rule = new StringBuilder();
    line(
        rule,
        "expected: %.0f %% hits of the requests that say not who is asking (from %.0f requests)",
        100 * hits,
        endpoint.access().sampledRequests());
    Double missMillis = endpoint.missMillis();
    Double perSecond = endpoint.access().perSecond();
    if (missMillis != null && perSecond != null) {
      line(
          rule,
          "time saved: %.3g s of the application's in an hour (%.3g ms an answer, %.3g requests/s)",
          hits * perSecond * 3.6 * missMillis,
          missMillis,
          perSecond);
    }
    line(
        rule,
        "changes: %.3g an hour (%.3g to %.3g, from %.0f observations): about %.1f %% of hits stale",
        rate.perHour(),
        rate.lowPerMilli() * 3_600_000,
        rate.highPerMilli() * 3_600_000,
        known.observations(),
        100 * TtlLimits.staleShare(rate.perMilli(), ttl * 1000.0));
    risks(endpoint, observed, path, rule);
    rule.append("  - name: ").append(name(path, names)).append('\n');
    rule.append("    pattern: \"").append(pattern(path)).append("\"\n");
    rule.append("    ttl: ").append(ttl).append("s\n");
    rule.append("    adaptive_ttl: true\n");
    return rule.toString();
  }

  private static void risks(
      LearnedEndpoint endpoint,
      @Nullable ObservedEndpoint observed,
      String path,
      StringBuilder rule) {
    List<String> risks = risks(endpoint, path);
    if (observed != null && observed.wouldHit() > 0) {
      risks.add(
          observed.wouldBeStale()
              + " of "
              + observed.wouldHit()
              + " observed hits would have been stale");
    }
    line(rule, "%s", "risk: " + (risks.isEmpty() ? "none seen" : String.join("; ", risks)));
  }

  /** What is known of an endpoint that speaks against caching it. */
  static Caution caution(LearnedEndpoint endpoint, @Nullable ObservedEndpoint observed) {
    String name = endpoint.name();
    return new Caution(
        against(endpoint, observed), risks(endpoint, name.substring(name.indexOf(' ') + 1)));
  }

  private static List<String> risks(LearnedEndpoint endpoint, String path) {
    List<String> risks = new ArrayList<>();
    if (endpoint.risks(Risk.CREDENTIALS) > 0) {
      risks.add(
          endpoint.risks(Risk.CREDENTIALS)
              + " requests said who is asking: they would go on to pass the cache by");
    }
    if (endpoint.risks(Risk.UNKEYED_FIELD) > 0) {
      risks.add("the application reads request fields that choose no answer: see UnkeyedFields");
    }
    if (endpoint.risks(Risk.VARY_ANY) > 0) {
      risks.add("some answers vary by what no field shows, and are not stored");
    }
    if (PERSONAL.matcher(path).matches()) {
      risks.add("the path looks like personal data: make sure that all may see it");
    }
    return risks;
  }

  private static void line(StringBuilder rule, String format, Object... values) {
    rule.append("  # ").append(oneLine(String.format(Locale.ROOT, format, values))).append('\n');
  }

  /** What comes from a request must not end a comment. */
  private static String oneLine(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /** Rounded down to what people write. */
  private static long rounded(double seconds) {
    long whole = (long) seconds;
    return whole < 10 ? whole : whole < 60 ? whole / 5 * 5 : whole / 60 * 60;
  }

  /** A pattern that fits what the template does; a star at the very end would fit more. */
  static String pattern(String template) {
    String stars = VARIABLE.matcher(template).replaceAll("*");
    return stars.endsWith("*") ? stars + "{,/}" : stars;
  }

  private static String name(String path, Set<String> names) {
    String plain = path.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    String base = plain.isEmpty() ? "root" : plain.substring(0, Math.min(55, plain.length()));
    String name = base;
    for (int more = 2; !names.add(name); more++) {
      name = base + "-" + more;
    }
    return name;
  }
}
