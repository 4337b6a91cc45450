package dev.slipstream.engine.profile;

/** How many exchanges were answered how, since the start or within a while; times in ns. */
record Counts(
    long requests,
    long hits,
    long misses,
    long bypasses,
    long refused,
    long ourErrors,
    long stale,
    long clientErrors,
    long serverErrors,
    long bytes,
    long hitNanos,
    long missNanos) {
  static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  Counts plus(Counts other) {
    return combined(other, 1);
  }

  Counts minus(Counts other) {
    return combined(other, -1);
  }

  private Counts combined(Counts other, int sign) {
    return new Counts(
        requests + sign * other.requests,
        hits + sign * other.hits,
        misses + sign * other.misses,
        bypasses + sign * other.bypasses,
        refused + sign * other.refused,
        ourErrors + sign * other.ourErrors,
        stale + sign * other.stale,
        clientErrors + sign * other.clientErrors,
        serverErrors + sign * other.serverErrors,
        bytes + sign * other.bytes,
        hitNanos + sign * other.hitNanos,
        missNanos + sign * other.missNanos);
  }
}
