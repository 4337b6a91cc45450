package dev.slipstream.engine.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries that wait to be written, bounded in number and in bytes. Thread-safe. */
final class WriteQueue {
  private final int greatestCount;
  private final long greatestWeight;
  private final ArrayDeque<PendingWrite> awaited = new ArrayDeque<>(); // these go first
  private final ArrayDeque<PendingWrite> others = new ArrayDeque<>();
  private long weight;

  WriteQueue(int greatestCount, long greatestWeight) {
    this.greatestCount = greatestCount;
    this.greatestWeight = greatestWeight;
  }

  /**
   * Adds a write. Returns false where there is no room for it: one that others are told of, which
   * is small, finds room twice as long.
   */
  synchronized boolean offer(PendingWrite write) {
    int bounds = write.announced() ? 2 : 1;
    if (size() >= bounds * greatestCount || weight + write.weight() > bounds * greatestWeight) {
      return false;
    }
    (write.written() == null ? others : awaited).addLast(write);
    weight += write.weight();
    notifyAll();
    return true;
  }

  /** Waits until there is a write. */
  synchronized void await() throws InterruptedException {
    while (size() == 0) {
      wait();
    }
  }

  /**
   * Takes writes, those that somebody waits for and then the oldest: one at least where there is
   * one, and no more than the bounds say.
   */
  synchronized List<PendingWrite> poll(int count, long batchWeight) {
    List<PendingWrite> batch = new ArrayList<>(Math.min(count, size()));
    long taken = 0;
    for (PendingWrite next = next(); next != null; next = next()) {
      if (batch.size() == count || (taken + next.weight() > batchWeight && !batch.isEmpty())) {
        break;
      }
      (awaited.isEmpty() ? others : awaited).removeFirst();
      batch.add(next);
      taken += next.weight();
    }
    weight -= taken;
    return batch;
  }

  /** Takes all that others are told of. */
  synchronized List<PendingWrite> pollAnnounced() {
    List<PendingWrite> taken = new ArrayList<>();
    for (ArrayDeque<PendingWrite> writes : List.of(awaited, others)) {
      writes.stream().filter(PendingWrite::announced).forEach(taken::add);
      writes.removeIf(PendingWrite::announced);
    }
    taken.forEach(write -> weight -= write.weight());
    return taken;
  }

  private @Nullable PendingWrite next() {
    return awaited.isEmpty() ? others.peekFirst() : awaited.peekFirst();
  }

  /** The keys of what the others are told of, and that is still to be written. */
  synchronized List<String> changes() {
    return Stream.concat(awaited.stream(), others.stream())
        .filter(PendingWrite::announced)
        .map(PendingWrite::key)
        .toList();
  }

  synchronized int size() {
    return awaited.size() + others.size();
  }
}
