package dev.slipstream.engine.learn;

import dev.slipstream.config.rules.CacheRule;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the application, compared with what was there before. Thread-safe as far as one
 * exchange needs: its calls come one after another.
 */
public final class Refetch {
  private static final int OK = 200;

  /** So much later than what was seen here, what is stored is another gateway's. */
  private static final long ANOTHERS_MILLIS = 1_000;

  private final LearnedEndpoint endpoint;
  private final @Nullable CacheRule rule;
  private final @Nullable CacheRule adaptive;
  private final KeyMemory memory;
  private final InstantSource clock;
  private final double spread;
  private final boolean probe;
  private final boolean resting;
  private int run = Run.UNKNOWN;

  Refetch(
      LearnedEndpoint endpoint,
      @Nullable CacheRule rule,
      @Nullable CacheRule adaptive,
      KeyMemory memory,
      InstantSource clock,
      double spread,
      boolean probe,
      boolean resting) {
    this.endpoint = endpoint;
    this.rule = rule;
    this.adaptive = adaptive;
    this.memory = memory;
    this.clock = clock;
    this.spread = spread;
    this.probe = probe;
    this.resting = resting;
  }

  /**
   * The lifetime of the answer, as far as it is known yet; null where the rule's own counts: it is
   * not adaptive, or has a lifetime of its own for this status.
   */
  public @Nullable LearnedLifetime lifetime(int status) {
    return adaptive == null || adaptive.ttlByStatus().containsKey(status)
        ? null
        : endpoint.lifetime(run, spread, probe);
  }

  /**
   * Whether an answer's lifetime is the one that is learned: else anybody who asks for what is not
   * there would make it longer.
   */
  private boolean counts(int status) {
    if (resting) {
      return false;
    }
    return rule == null
        ? status == OK
        : rule.coversStatus(status) && !rule.ttlByStatus().containsKey(status);
  }

  /**
   * The application has answered with a body.
   *
   * @param key what it is stored under
   * @param before what was stored until now; null for nothing
   */
  public void answered(String key, int status, byte[] body, @Nullable Before before) {
    if (counts(status)) {
      compared(key, BodyHash.of(status, body), before);
    }
  }

  /** The application has confirmed what is stored. */
  public void confirmed(String key, Before before) {
    if (counts(before.status())) {
      compared(key, BodyHash.of(before.status(), before.body()), before);
    }
  }

  /** The application says that what is stored has changed, and does not show how. */
  public void changed(String key, Before before) {
    if (counts(before.status())) {
      compared(key, ~BodyHash.of(before.status(), before.body()), before);
    }
    if (!resting) {
      memory.remove(key);
    }
  }

  /**
   * What was stored until now.
   *
   * @param storedAtMillis when, in milliseconds since 1970
   */
  @SuppressWarnings("ArrayRecordComponent") // compared with nothing, and copied never
  public record Before(int status, byte[] body, long storedAtMillis) {}

  private void compared(String key, long hash, @Nullable Before before) {
    long now = clock.millis();
    KeyMemory.Seen seen = memory.get(key);
    long known = seen == null ? Long.MIN_VALUE : seen.atMillis();
    if (before != null && before.storedAtMillis() - ANOTHERS_MILLIS > known) {
      long theirs = BodyHash.of(before.status(), before.body());
      seen = new KeyMemory.Seen(endpoint, theirs, before.storedAtMillis(), Run.UNKNOWN);
    }
    if (seen == null) {
      memory.put(key, new KeyMemory.Seen(endpoint, hash, now, Run.UNKNOWN));
      return;
    }
    if (now <= seen.atMillis()) {
      return; // one that was begun later has ended before
    }
    boolean isChanged = seen.hash() != hash;
    endpoint.observed(seen.run(), now - seen.atMillis(), isChanged);
    run = Run.after(seen.run(), isChanged);
    memory.put(key, new KeyMemory.Seen(endpoint, hash, now, run));
  }

  /**
   * Whether an answer that is not stored is looked at all the same, to learn how often it changes:
   * of a few keys, seldom, and few at a time. {@link #watched()} is to follow.
   */
  public boolean takesToWatch(String key, int status) {
    return counts(status) && endpoint.takesToWatch(BodyHash.mixed(key.hashCode()), clock.millis());
  }

  /** What was taken to be watched has ended. */
  public void watched() {
    endpoint.watched();
  }

  /** The application took so long, for a body of so many bytes; −1 where that is not known. */
  public void took(long nanos, long bytes) {
    endpoint.answered(nanos, bytes);
  }

  /** Something was seen that speaks against caching. */
  public void risk(Risk risk) {
    endpoint.risk(risk);
  }
}
