package dev.slipstream.engine.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Entries that wait to be written, bounded in number and in bytes. Thread-safe. */
final class WriteQueue {
  private final int greatestCount;
  private final long greatestWeight;
  private final ArrayDeque<PendingWrite> writes = new ArrayDeque<>();
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
    if (writes.size() >= bounds * greatestCount
        || weight + write.weight() > bounds * greatestWeight) {
      return false;
    }
    if (write.written() == null) {
      writes.addLast(write);
    } else {
      writes.addFirst(write); // somebody waits; which of two entries is newer is known anyway
    }
    weight += write.weight();
    notifyAll();
    return true;
  }

  /** Waits until there is a write. */
  synchronized void await() throws InterruptedException {
    while (writes.isEmpty()) {
      wait();
    }
  }

  /**
   * Takes writes, those that somebody waits for and then the oldest: one at least where there is
   * one, and no more than the bounds say.
   */
  synchronized List<PendingWrite> poll(int count, long batchWeight) {
    List<PendingWrite> batch = new ArrayList<>(Math.min(count, writes.size()));
    long taken = 0;
    for (PendingWrite next = writes.peekFirst(); next != null; next = writes.peekFirst()) {
      if (batch.size() == count || (taken + next.weight() > batchWeight && !batch.isEmpty())) {
        break;
      }
      writes.removeFirst();
      batch.add(next);
      taken += next.weight();
    }
    weight -= taken;
    return batch;
  }

  synchronized int size() {
    return writes.size();
  }
}
