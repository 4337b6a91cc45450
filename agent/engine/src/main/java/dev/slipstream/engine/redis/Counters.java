package dev.slipstream.engine.redis;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the tier has done since the start. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder refusedWrites = new LongAdder();
  final LongAdder droppedWrites = new LongAdder();
  final LongAdder lateWrites = new LongAdder();
  final LongAdder errors = new LongAdder();
  final LongAdder bytesRead = new LongAdder();
  final LongAdder bytesWritten = new LongAdder();
  final LongAdder breakerOpenings = new LongAdder();
  final Latency latency = new Latency();
  volatile @Nullable Long breakerChangedAtMillis;
  volatile String lastOpeningReason = "";
  volatile RedisTier.FailureListener failures = (reason, nanos) -> {};
}
