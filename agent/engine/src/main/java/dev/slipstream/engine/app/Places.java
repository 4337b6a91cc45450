package dev.slipstream.engine.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The places of callers that wait for what others load, bounded in number for the process. One that
 * is not given back in time is taken by whoever needs it. Thread-safe.
 */
final class Places {
  private final Semaphore free;
  private final Set<Place> taken = ConcurrentHashMap.newKeySet();

  Places(int most) {
    this.free = new Semaphore(most);
  }

  /**
   * Takes a place; null where there is none.
   *
   * @param nowMillis the time now
   * @param untilMillis from when on others may have it, if it is not given back before
   */
  @Nullable Place take(long nowMillis, long untilMillis) {
    if (!free.tryAcquire()) {
      for (Place place : taken) {
        if (place.untilMillis <= nowMillis) {
          place.giveBack();
        }
      }
      if (!free.tryAcquire()) {
        return null;
      }
    }
    Place place = new Place(untilMillis);
    taken.add(place);
    return place;
  }

  /** One that is taken. */
  final class Place {
    private final long untilMillis;

    private Place(long untilMillis) {
      this.untilMillis = untilMillis;
    }

    /** Gives it back, unless somebody has it already. */
    void giveBack() {
      if (taken.remove(this)) {
        free.release();
      }
    }
  }
}
