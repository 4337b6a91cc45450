package dev.slipstream.engine.redis;

import java.util.function.LongSupplier;

/**
 * What this gateway hears, and how much of it has been noted.
 *
 * @param listening whether it hears all
 * @param position where the log is of what was heard and done here; negative without one
 */
record Hearing(Listening listening, LongSupplier position) {
  static final long NO_LOG = -1;
}
