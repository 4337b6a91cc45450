package dev.slipstream.engine.profile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * How long exchanges of one kind took. Any thread records; all else is done by one at a time.
 *
 * <p>One significant digit is 16 buckets for each doubling: a bucket is 6.25 % wide, its middle at
 * most 3.2 % off, and 1 µs to two minutes fit in 3 KB. Two digits would be six times that, for each
 * of 500 endpoints. There are no counts before there is something to count.
 */
final class Timings {
  private static final int MOST_MICROS = (1 << 27) - 1;
  private static final int DIGITS = 1;

  private final LongAdder nanos = new LongAdder();
  private final AtomicLong greatest = new AtomicLong();
  private volatile @Nullable TimeCounts counts;
  private @Nullable IntCountsHistogram second;
  private @Nullable IntCountsHistogram slot;
  private @Nullable IntCountsHistogram older;
  private long greatestOfSecond;
  private long greatestOfSlot;

  /** A histogram that others are added up in. */
  static IntCountsHistogram sum() {
    return new IntCountsHistogram(1, MOST_MICROS, DIGITS);
  }

  void record(long tookNanos) {
    long took = Math.max(0, tookNanos);
    TimeCounts current = counts;
    if (current == null) {
      current = make();
    }
    current.record((int) Math.min(MOST_MICROS, (took + 500) / 1_000));
    nanos.add(took);
    if (took > greatest.get()) {
      greatest.accumulateAndGet(took, Math::max);
    }
  }

  private synchronized TimeCounts make() {
    TimeCounts made = counts;
    if (made == null) {
      made = new TimeCounts();
      counts = made;
    }
    return made;
  }

  /** Nanoseconds since the start. */
  long nanos() {
    return nanos.sum();
  }

  /** A second is over. */
  void endSecond() {
    TimeCounts current = counts;
    if (current == null) {
      return;
    }
    if (second == null) {
      second = sum();
    }
    second.reset();
    current.moveTo(second);
    greatestOfSecond = greatest.getAndSet(0);
    if (second.getTotalCount() > 0) {
      if (slot == null) {
        slot = sum();
      }
      slot.add(second);
      greatestOfSlot = Math.max(greatestOfSlot, greatestOfSecond);
    }
  }

  /**
   * Ends what was summed up over several seconds, which stays in the window until it is {@link
   * #forget forgotten}; null where that is nothing.
   */
  @Nullable ByteBuffer endSlot() {
    greatestOfSlot = 0;
    if (slot == null || slot.getTotalCount() == 0) {
      slot = null;
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(slot.getNeededByteBufferCapacity());
    int length = slot.encodeIntoByteBuffer(buffer);
    if (older == null) {
      older = sum();
    }
    older.add(slot);
    slot.reset();
    return ByteBuffer.wrap(Arrays.copyOf(buffer.array(), length));
  }

  long greatestOfSecond() {
    return greatestOfSecond;
  }

  long greatestOfSlot() {
    return greatestOfSlot;
  }

  void addSecondTo(AbstractHistogram sum) {
    if (second != null) {
      sum.add(second);
    }
  }

  /** Takes what was ended out of the window. */
  void forget(@Nullable ByteBuffer encoded) {
    if (encoded == null || older == null) {
      return;
    }
    older.subtract(IntCountsHistogram.decodeFromByteBuffer(encoded.duplicate(), 0));
    if (older.getTotalCount() == 0) {
      older = null;
    }
  }

  void addWindowTo(AbstractHistogram sum) {
    if (older != null) {
      sum.add(older);
    }
    if (slot != null) {
      sum.add(slot);
    }
  }
}
