package dev.slipstream.engine.learn;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is learned of one endpoint. Thread-safe; what requests do here takes no longer than adding
 * numbers, what takes longer is done by {@link #update}.
 */
final class LearnedEndpoint {
  /** A raised budget is this many times the rule's, unless that is more than the cap. */
  private static final int RAISED = 2;

  private static final double RAISED_AT_MOST = 0.2;

  /** Of an endpoint that is not worth caching, one answer of so many is cached, to learn on. */
  private static final int PROBES = 10;

  /** So many answers that are not stored are looked at again and again, but no more often. */
  private static final int MOST_WATCHED = 8;

  /** So many of them are under way at a time. */
  private static final int MOST_WATCHED_AT_ONCE = 2;

  private static final long WATCHED_EVERY_MILLIS = 1_000;
  private static final long UNWATCHED_AFTER_MILLIS = 300_000;

  private static final long IDLE_MILLIS = Duration.ofDays(1).toMillis();
  private static final long SELDOM_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final int SELDOM_REQUESTS = 50;

  private final String name;
  private final AccessPattern access;
  private final LearnedTtl ttl = new LearnedTtl();
  private final Map<Risk, Long> risks = new EnumMap<>(Risk.class);
  private volatile TtlLimits limits;
  private volatile boolean adaptive;
  private volatile boolean served;
  private volatile String rule = "";
  private volatile long usedAtMillis;
  private int raised;
  private int probe;
  private final long[] watched = new long[MOST_WATCHED];
  private final long[] watchedAt = new long[MOST_WATCHED];
  private long lastWatchedAt;
  private int underWatch;
  private long observedCount;
  private volatile boolean asked;
  private boolean dirty = true;
  private double missMillis;
  private long misses;
  private long answers;
  private double bodyBytes;

  LearnedEndpoint(String name, TtlLimits limits, long now) {
    this.name = name;
    this.limits = limits;
    this.usedAtMillis = now;
    this.access = new AccessPattern(now);
  }

  String name() {
    return name;
  }

  AccessPattern access() {
    return access;
  }

  /**
   * Whether it may be forgotten where there is no room: it was not asked for in a day, or soon
   * after it was first asked for in vain, as what scanners make up is.
   */
  boolean isForgettable(long now) {
    long idle = now - usedAtMillis;
    return idle > IDLE_MILLIS || (idle > SELDOM_MILLIS && access.requests() < SELDOM_REQUESTS);
  }

  /** It was asked for under a rule; empty for none. */
  void ruled(String rule, boolean served, TtlLimits limits, boolean adaptive, long now) {
    this.asked = true;
    this.served = served;
    this.limits = limits;
    this.adaptive = adaptive;
    this.rule = rule;
    this.usedAtMillis = now;
  }

  String rule() {
    return rule;
  }

  /** Whether the rule has its answers stored. */
  boolean isServed() {
    return served;
  }

  TtlLimits limits() {
    return limits;
  }

  /** Whether lifetimes follow what is learned. */
  boolean isAdaptive() {
    return adaptive;
  }

  /** An answer was fetched again. */
  synchronized void observed(int run, long intervalMillis, boolean changed) {
    ttl.add(run, intervalMillis, changed);
    observedCount++;
    dirty = true;
  }

  synchronized long observedCount() {
    return observedCount;
  }

  /** Somebody said that an answer has changed. */
  synchronized void told(int run, long intervalMillis) {
    ttl.addTold(run, intervalMillis);
    observedCount++;
    dirty = true;
  }

  /** The application has answered. */
  synchronized void answered(long nanos, long bytes) {
    misses++;
    missMillis += (nanos / 1e6 - missMillis) / (double) Math.min(misses, ChangeEvidence.MEMORY);
    if (bytes >= 0) {
      answers++;
      bodyBytes += (bytes - bodyBytes) / (double) Math.min(answers, ChangeEvidence.MEMORY);
    }
  }

  /** Something speaks against caching. */
  synchronized void risk(Risk risk) {
    risks.merge(risk, 1L, Long::sum);
  }

  synchronized long risks(Risk risk) {
    return risks.getOrDefault(risk, 0L);
  }

  /** The mean time of the application's last answers, in milliseconds; null before the first. */
  synchronized @Nullable Double missMillis() {
    return misses == 0 ? null : missMillis;
  }

  /** The mean length of the last bodies that were seen whole, in bytes; null before the first. */
  synchronized @Nullable Double bodyBytes() {
    return answers == 0 ? null : bodyBytes;
  }

  synchronized long misses() {
    return misses;
  }

  /** Learns from what was seen since the last time. */
  synchronized void update(long now) {
    if (dirty && asked) { // not before it is known within which limits
      dirty = false;
      ttl.update(limits, budgetNow(), now);
    }
  }

  private double budgetNow() {
    return raised > 0 ? raisedBudget(limits) : limits.staleness();
  }

  private static double raisedBudget(TtlLimits limits) {
    double own = limits.staleness();
    return Math.max(own, Math.min(RAISED * own, RAISED_AT_MOST));
  }

  /** The share of answers that may be stale now. */
  synchronized double budget() {
    return budgetNow();
  }

  synchronized void raise(int by) {
    raised += by;
    dirty = true;
  }

  synchronized boolean isRaised() {
    return raised > 0;
  }

  /**
   * The lifetime of one more answer.
   *
   * @param run how often it was the same
   * @param spread what it is multiplied with, so that answers do not all end at once
   */
  synchronized LearnedLifetime lifetime(int run, double spread, boolean probing) {
    if (ttl.isVolatile() && !probing) {
      return new LearnedLifetime(0);
    }
    long fresh = limits.bounded(ttl.millis(Run.classOf(run), limits) * spread);
    return new LearnedLifetime(fresh);
  }

  /** Whether one more answer is stored though the endpoint is not worth it. */
  synchronized boolean takeProbe() {
    probe = (probe + 1) % PROBES;
    return probe == 0;
  }

  synchronized boolean isVolatile() {
    return ttl.isVolatile();
  }

  /** Whether an answer is looked at though it is not stored. */
  synchronized boolean takesToWatch(long key, long now) {
    if (now - lastWatchedAt < WATCHED_EVERY_MILLIS || underWatch == MOST_WATCHED_AT_ONCE) {
      return false;
    }
    int free = -1;
    for (int slot = 0; slot < MOST_WATCHED; slot++) {
      if (watched[slot] == key) {
        free = slot;
        break;
      }
      if (now - watchedAt[slot] >= UNWATCHED_AFTER_MILLIS) {
        free = slot;
      }
    }
    if (free < 0) {
      return false;
    }
    watched[free] = key;
    watchedAt[free] = now;
    lastWatchedAt = now;
    underWatch++;
    return true;
  }

  /** One of them has ended. */
  synchronized void watched() {
    underWatch--;
  }

  /** What is known now. */
  synchronized Knowledge knowledge() {
    ChangeEvidence all = ttl.evidence(LearnedTtl.ALL);
    return new Knowledge(
        limits,
        adaptive,
        budgetNow(),
        all.observations(),
        all.changes(),
        all.told(),
        ttl.own(LearnedTtl.ALL).observations(),
        ttl.rate(),
        ttl.millis(LearnedTtl.ALL, limits),
        ttl.millis(Run.classOf(Run.CHANGED), limits),
        ttl.millis(Run.CLASSES - 1, limits),
        ttl.isVolatile());
  }

  /**
   * What is known of how often answers change.
   *
   * @param observations how many count, other gateways' included
   * @param ownObservations those of this gateway
   * @param rate null before the first estimate
   * @param ttlMillis for what is fetched for the first time
   * @param changedMillis for what has just changed
   * @param sameMillis for what has not changed for long
   */
  record Knowledge(
      TtlLimits limits,
      boolean adaptive,
      double budget,
      double observations,
      double changes,
      double told,
      double ownObservations,
      @Nullable ChangeRate rate,
      long ttlMillis,
      long changedMillis,
      long sameMillis,
      boolean isVolatile) {}

  /** Copies of what was seen here, by the class of runs. */
  synchronized ChangeEvidence[] evidence() {
    ChangeEvidence[] copies = new ChangeEvidence[Run.CLASSES];
    for (int runs = 0; runs < Run.CLASSES; runs++) {
      copies[runs] = ttl.own(runs).copy();
    }
    return copies;
  }

  /** Takes what others have seen; null for nothing. */
  synchronized void others(@Nullable ChangeEvidence @Nullable [] theirs) {
    ttl.others(theirs);
    dirty = true;
  }

  /** Takes for its own what a gateway has seen that is no more. */
  synchronized void inherit(@Nullable ChangeEvidence[] theirs) {
    for (int runs = 0; runs < Run.CLASSES; runs++) {
      ChangeEvidence some = theirs[runs];
      if (some != null) {
        ttl.own(runs).add(some);
        ttl.own(runs).bound();
      }
    }
    dirty = true;
  }
}
