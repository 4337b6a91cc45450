package dev.slipstream.engine.codec;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a codec does. Thread-safe. */
final class CodecCounters {
  private final LongAdder encodedEntries = new LongAdder();
  private final LongAdder encodedBytesIn = new LongAdder();
  private final LongAdder encodedBytesOut = new LongAdder();
  private final LongAdder encodeNanos = new LongAdder();
  private final LongAdder notEncoded = new LongAdder();
  private final LongAdder decodedEntries = new LongAdder();
  private final LongAdder decodedBytesIn = new LongAdder();
  private final LongAdder decodedBytesOut = new LongAdder();
  private final LongAdder decodeNanos = new LongAdder();
  private final Map<Unreadable, LongAdder> unreadable = new EnumMap<>(Unreadable.class);

  CodecCounters() {
    for (Unreadable cause : Unreadable.values()) {
      unreadable.put(cause, new LongAdder());
    }
  }

  void encoded(int bytesIn, int bytesOut, long nanos) {
    encodedEntries.increment();
    encodedBytesIn.add(bytesIn);
    encodedBytesOut.add(bytesOut);
    encodeNanos.add(nanos);
  }

  void notEncoded() {
    notEncoded.increment();
  }

  void decoded(int bytesIn, int bytesOut, long nanos) {
    decodedEntries.increment();
    decodedBytesIn.add(bytesIn);
    decodedBytesOut.add(bytesOut);
    decodeNanos.add(nanos);
  }

  void unreadable(Unreadable cause) {
    Objects.requireNonNull(unreadable.get(cause)).increment();
  }

  CodecStatistics statistics() {
    Map<Unreadable, Long> byCause = new EnumMap<>(Unreadable.class);
    unreadable.forEach((cause, count) -> byCause.put(cause, count.sum()));
    return new CodecStatistics(
        encodedEntries.sum(),
        encodedBytesIn.sum(),
        encodedBytesOut.sum(),
        encodeNanos.sum(),
        notEncoded.sum(),
        decodedEntries.sum(),
        decodedBytesIn.sum(),
        decodedBytesOut.sum(),
        decodeNanos.sum(),
        byCause);
  }
}
