package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.OriginPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long is a response fresh, and how old is it already? (RFC 9111 §4.2) Pure. */
final class Freshness {
  /** What the lifetime is where neither the response nor a rule states one. */
  static final long UNSTATED = -1;

  private Freshness() {}

  /** The freshness lifetime in milliseconds, 0 for a stale response, or {@link #UNSTATED}. */
  static long lifetimeMillis(
      ResponseHead head,
      CacheControl stated,
      @Nullable CacheRule rule,
      Duration defaultTtl,
      long nowMillis) {
    CacheRule covering = rule != null && rule.coversStatus(head.status()) ? rule : null;
    if (covering != null && covering.origin() == OriginPolicy.OVERRIDE) {
      return ttlMillis(covering, defaultTtl);
    }
    long seconds = stated.seconds("s-maxage");
    if (seconds == CacheControl.ABSENT) {
      seconds = stated.seconds("max-age");
    }
    if (seconds != CacheControl.ABSENT) {
      return seconds * 1000;
    }
    Fields fields = head.fields();
    if (fields.contains("Expires")) {
      long expires = HttpDate.parse(fields.first("Expires"), nowMillis);
      long date = dateMillis(fields, nowMillis);
      return expires == HttpDate.INVALID ? 0 : Math.max(0, expires - date);
    }
    return covering == null ? UNSTATED : ttlMillis(covering, defaultTtl);
  }

  /** When the response was made: its Date, or now where it has none that can be read. */
  static long dateMillis(Fields fields, long nowMillis) {
    long date = HttpDate.parse(fields.first("Date"), nowMillis);
    return date == HttpDate.INVALID ? nowMillis : date;
  }

  /** corrected_initial_age: from Age and the time the answer took, and from Date. */
  static long initialAgeMillis(Fields fields, long requestedAtMillis, long nowMillis) {
    long apparent = Math.max(0, nowMillis - dateMillis(fields, nowMillis));
    String age = fields.first("Age");
    if (age == null) {
      return apparent;
    }
    long delay = Math.max(0, nowMillis - requestedAtMillis);
    return Math.max(apparent, CacheControl.deltaSeconds(age.strip()) * 1000 + delay);
  }

  private static long ttlMillis(CacheRule rule, Duration defaultTtl) {
    Duration ttl = rule.ttl();
    return (ttl == null ? defaultTtl : ttl).toMillis();
  }
}
