package dev.slipstream.engine.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Coders that wait for the next payload: to make one, with the tables that it has outside of the
 * heap, takes longer than most payloads do. Bounded; thread-safe.
 */
final class Idle<T> {
  private static final int MOST = 4;

  private final AtomicReferenceArray<@Nullable T> idle = new AtomicReferenceArray<>(MOST);

  /** One that waits; null where there is none. */
  @Nullable T take() {
    for (int i = 0; i < MOST; i++) {
      T one = idle.get(i);
      if (one != null && idle.compareAndSet(i, one, null)) {
        return one;
      }
    }
    return null;
  }

  /** Has one wait. Returns false where enough do. */
  boolean giveBack(T one) {
    for (int i = 0; i < MOST; i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, one)) {
        return true;
      }
    }
    return false;
  }
}
