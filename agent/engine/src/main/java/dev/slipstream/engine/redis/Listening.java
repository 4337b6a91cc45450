package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether this gateway hears all that the others announce. Thread-safe.
 *
 * <p>Each gateway sends a heartbeat a second, and hears its own, too. It counts as listening for
 * {@link #SILENCE} after its own was heard, as long as every gateway that Redis has seen lately was
 * heard lately. Announcements are numbered, and a heartbeat tells the last number: so what was lost
 * is known. Whenever something may have been missed a new generation begins, and what was got in an
 * earlier one has to be confirmed before it is used again.
 *
 * <p>With a heartbeat a second, {@link #SILENCE} and {@link #UNHEARD} make it 3 s at most from an
 * announcement that is lost until that is known.
 */
public final class Listening {
  static final Duration SILENCE = Duration.ofMillis(2_500);
  static final Duration UNHEARD = Duration.ofMillis(1_800);

  private record Heard(long sequence, long nanos) {}

  private final String self;
  private final Map<String, Heard> others = new HashMap<>();
  private final AtomicInteger generation = new AtomicInteger(1);
  private volatile long untilNanos;
  private boolean hearsAll = true;
  private long missed;

  Listening(String self, long nowNanos) {
    this.self = self;
    this.untilNanos = nowNanos - 1;
  }

  /** What was got in an earlier generation may have been invalidated unheard since. */
  public int generation() {
    return generation.get();
  }

  /** Whether announcements are heard now. */
  public boolean isListening(long nowNanos) {
    return untilNanos - nowNanos > 0;
  }

  /** Takes a message; what it announces is to be done by the caller, before this. */
  synchronized void received(Message message, long nowNanos) {
    if (message.gateway().equals(self)) {
      if (!hearsAll) {
        return;
      }
      if (!isListening(nowNanos)) {
        missed();
      }
      untilNanos = nowNanos + SILENCE.toNanos();
      return;
    }
    boolean announces = message.announcement() != null;
    Heard before = others.get(message.gateway());
    long expected = (before == null ? 0 : before.sequence()) + (announces ? 1 : 0);
    if (message.sequence() != expected) {
      missed();
    }
    others.put(message.gateway(), new Heard(message.sequence(), nowNanos));
  }

  /** A message that could not be read: nobody knows what it said. */
  synchronized void unreadable() {
    missed();
  }

  /**
   * Compares who was heard with whom Redis has seen lately.
   *
   * @param present the gateways that have sent a heartbeat lately
   */
  synchronized void compare(Collection<String> present, long nowNanos) {
    long earliest = nowNanos - UNHEARD.toNanos();
    int before = others.size();
    others
        .entrySet()
        .removeIf(
            other -> other.getValue().nanos() - earliest < 0 && !present.contains(other.getKey()));
    if (others.size() < before) {
      missed(); // it is gone, and so may be its last words
    }
    boolean hears = true;
    for (String gateway : present) {
      Heard heard = others.get(gateway);
      if (!gateway.equals(self) && heard != null && heard.nanos() - earliest < 0) {
        hears = false;
      }
    }
    for (String gateway : present) {
      if (!gateway.equals(self)) {
        // One that is new has until the next comparisons to be heard, from its first number on.
        others.putIfAbsent(gateway, new Heard(0, nowNanos));
      }
    }
    if (hears != hearsAll) {
      hearsAll = hears;
      untilNanos = nowNanos;
    }
  }

  /** Nothing is heard from here on. */
  synchronized void lost(long nowNanos) {
    untilNanos = nowNanos;
  }

  private void missed() {
    generation.incrementAndGet();
    missed++;
  }

  /** How often something may have been missed. */
  synchronized long missedCount() {
    return missed;
  }

  /** Gateways that are there, this one included. */
  synchronized int gateways() {
    return others.size() + 1;
  }
}
