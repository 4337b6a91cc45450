package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.OriginPolicy;
import dev.slipstream.engine.learn.LearnedLifetime;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long is a response fresh, and how old is it already? (RFC 9111 §4.2) Pure. */
final class Freshness {
  /** What the lifetime is where neither the response nor a rule states one. */
  static final long UNSTATED = -1;

  /** Statuses whose responses may be reused without a stated lifetime (RFC 9110 §15.1). */
  private static final Set<Integer> HEURISTIC =
      Set.of(200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501);

  private static final long LONGEST_HEURISTIC_MILLIS = Duration.ofHours(1).toMillis();

  private Freshness() {}

  /**
   * For how long a response may be used, and how.
   *
   * @param rule the rule for its request, or null
   * @param defaultTtl the freshness lifetime for a rule without one
   * @param staleIfError for how long it answers while the origin cannot be reached, where it does
   *     not say
   * @param learned the freshness lifetime in place of the rule's; null where that counts
   */
  static Lifetime lifetime(
      ResponseHead head,
      Stated stated,
      @Nullable CacheRule rule,
      Duration defaultTtl,
      Duration staleIfError,
      @Nullable LearnedLifetime learned,
      long nowMillis) {
    long fresh = freshMillis(head, stated, rule, defaultTtl, learned, nowMillis);
    boolean validated = stated.control().hasWhole("no-cache");
    if (stated.forbidsStale() || (rule != null && rule.neverStale())) {
      return new Lifetime(fresh, 0, 0, false, validated, false);
    }
    long whileRevalidate = millis(rule == null ? null : rule.staleWhileRevalidate());
    if (whileRevalidate == UNSTATED) {
      whileRevalidate = Math.max(0, millis(stated.control(), "stale-while-revalidate"));
    }
    long ifError = millis(rule == null ? null : rule.staleIfError());
    if (ifError == UNSTATED) {
      ifError = millis(stated.control(), "stale-if-error");
    }
    return new Lifetime(
        fresh,
        whileRevalidate,
        ifError == UNSTATED ? staleIfError.toMillis() : ifError,
        ifError != UNSTATED,
        validated,
        true);
  }

  private static long freshMillis(
      ResponseHead head,
      Stated stated,
      @Nullable CacheRule rule,
      Duration defaultTtl,
      @Nullable LearnedLifetime learned,
      long nowMillis) {
    CacheRule covering = rule != null && rule.coversStatus(head.status()) ? rule : null;
    if (covering != null && covering.origin() == OriginPolicy.OVERRIDE) {
      return ttlMillis(covering, head.status(), defaultTtl, learned);
    }
    long millis = millis(stated.control(), "s-maxage");
    if (millis == UNSTATED) {
      millis = millis(stated.control(), "max-age");
    }
    Fields fields = head.fields();
    if (millis == UNSTATED && !stated.targeted() && fields.contains("Expires")) {
      long expires = HttpDate.parse(fields.first("Expires"), nowMillis);
      long date = dateMillis(fields, nowMillis);
      millis = expires == HttpDate.INVALID ? 0 : Math.max(0, expires - date);
    }
    if (covering != null && millis == UNSTATED) {
      return ttlMillis(covering, head.status(), defaultTtl, learned);
    }
    if (covering != null && learned != null) {
      return Math.min(millis, learned.freshMillis()); // what the response states is a ceiling
    }
    return millis == UNSTATED ? heuristicMillis(head, stated, nowMillis) : millis;
  }

  /** A tenth of the time since the last change (RFC 9111 §4.2.2), an hour at most. */
  private static long heuristicMillis(ResponseHead head, Stated stated, long nowMillis) {
    long modified = HttpDate.parse(head.fields().first("Last-Modified"), nowMillis);
    if (modified == HttpDate.INVALID
        || !(HEURISTIC.contains(head.status()) || stated.has("public"))) {
      return UNSTATED;
    }
    long unchanged = Math.max(0, dateMillis(head.fields(), nowMillis) - modified);
    return Math.min(LONGEST_HEURISTIC_MILLIS, unchanged / 10);
  }

  /** When the response was made: its Date, or now where it has none that can be read. */
  static long dateMillis(Fields fields, long nowMillis) {
    long date = HttpDate.parse(fields.first("Date"), nowMillis);
    return date == HttpDate.INVALID ? nowMillis : date;
  }

  /** corrected_initial_age: from Age and the time the answer took, and from Date. */
  static long initialAgeMillis(Fields fields, long requestedAtMillis, long nowMillis) {
    long apparent = Math.max(0, nowMillis - dateMillis(fields, nowMillis));
    long seconds = ageSeconds(fields.first("Age"));
    if (seconds == UNSTATED) {
      return apparent;
    }
    long delay = Math.max(0, nowMillis - requestedAtMillis);
    return Math.max(apparent, seconds * 1000 + delay);
  }

  /** The first member of an Age field; what is no number is ignored (RFC 9111 §5.1). */
  private static long ageSeconds(@Nullable String age) {
    if (age == null) {
      return UNSTATED;
    }
    int comma = age.indexOf(',');
    String first = (comma < 0 ? age : age.substring(0, comma)).strip();
    boolean number = !first.isEmpty() && first.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? CacheControl.deltaSeconds(first) : UNSTATED;
  }

  private static long ttlMillis(
      CacheRule rule, int status, Duration defaultTtl, @Nullable LearnedLifetime learned) {
    if (learned != null) {
      return learned.freshMillis();
    }
    Duration ttl = rule.ttlFor(status);
    return (ttl == null ? defaultTtl : ttl).toMillis();
  }

  private static long millis(@Nullable Duration duration) {
    return duration == null ? UNSTATED : duration.toMillis();
  }

  private static long millis(CacheControl control, String directive) {
    long seconds = control.seconds(directive);
    return seconds == CacheControl.ABSENT ? UNSTATED : seconds * 1000;
  }
}
