package dev.slipstream.engine.app;

import java.util.concurrent.atomic.LongAdder;

/** What the caches of all applications in the process have done since the start. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder sets = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder failedLoads = new LongAdder();
  final LongAdder collapsed = new LongAdder();
  final LongAdder alone = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder keptLocal = new LongAdder();
  final LongAdder unkeyed = new LongAdder();
}
