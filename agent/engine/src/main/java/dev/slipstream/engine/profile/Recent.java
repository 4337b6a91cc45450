package dev.slipstream.engine.profile;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** An endpoint's last second and last minute. Not thread-safe. */
final class Recent {
  /** How many slots a window spans, the one that is under way included. */
  static final int SLOTS = 12;

  private record Slot(
      long number,
      Counts counts,
      @Nullable ByteBuffer hits,
      @Nullable ByteBuffer misses,
      long greatestHit,
      long greatestMiss,
      int greatestInFlight) {}

  private final Timings hits;
  private final Timings misses;
  private final Deque<Slot> slots = new ArrayDeque<>(0);
  private Counts before = Counts.NONE;
  private Counts second = Counts.NONE;
  private Counts slot = Counts.NONE;
  private int inFlightOfSecond;
  private int inFlightOfSlot;

  Recent(Timings hits, Timings misses) {
    this.hits = hits;
    this.misses = misses;
  }

  /**
   * A second is over.
   *
   * @param now what was counted since the start
   * @param greatestInFlight the most exchanges at once within it
   */
  void endSecond(Counts now, int greatestInFlight) {
    hits.endSecond();
    misses.endSecond();
    second = now.minus(before);
    before = now;
    slot = slot.plus(second);
    inFlightOfSecond = greatestInFlight;
    inFlightOfSlot = Math.max(inFlightOfSlot, greatestInFlight);
  }

  /** A slot is over, and those before the last {@value #SLOTS} are forgotten. */
  void endSlot(long number) {
    if (slot.requests() > 0 || inFlightOfSlot > 0) {
      long greatestHit = hits.greatestOfSlot();
      long greatestMiss = misses.greatestOfSlot();
      slots.addLast(
          new Slot(
              number,
              slot,
              hits.endSlot(),
              misses.endSlot(),
              greatestHit,
              greatestMiss,
              inFlightOfSlot));
    } else {
      hits.endSlot();
      misses.endSlot();
    }
    slot = Counts.NONE;
    inFlightOfSlot = 0;
    while (!slots.isEmpty() && slots.getFirst().number() <= number - SLOTS + 1) {
      Slot gone = slots.removeFirst();
      hits.forget(gone.hits());
      misses.forget(gone.misses());
    }
  }

  /** Whether there is nothing to be told of the last minute. */
  boolean isEmpty() {
    return slots.isEmpty() && slot.requests() == 0 && second.requests() == 0 && inFlightOfSlot == 0;
  }

  void addSecondTo(Merge merge) {
    hits.addSecondTo(merge.hits());
    misses.addSecondTo(merge.misses());
    merge.add(second, hits.greatestOfSecond(), misses.greatestOfSecond());
    merge.inFlight(inFlightOfSecond);
  }

  void addWindowTo(Merge merge) {
    for (Slot one : slots) {
      merge.add(one.counts(), one.greatestHit(), one.greatestMiss());
      merge.inFlight(one.greatestInFlight());
    }
    hits.addWindowTo(merge.hits());
    misses.addWindowTo(merge.misses());
    merge.add(slot, hits.greatestOfSlot(), misses.greatestOfSlot());
    merge.inFlight(inFlightOfSlot);
  }
}
