package dev.slipstream.engine.redis;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The writes that the server's script has found valid of late, each with how much this gateway had
 * heard before it asked: what was invalidated after that stands behind it in the log. Bounded; one
 * that is not remembered is asked for once more. Thread-safe.
 *
 * <p>A write is known by its identity, a random number, which also says where it is remembered: in
 * one of two places that it shares with others, the later one first.
 */
final class ProvenEntries {
  private static final int MOST = 16_384;

  private final AtomicReferenceArray<@Nullable Proof> proofs = new AtomicReferenceArray<>(MOST);

  /**
   * What was found valid, and what was known before.
   *
   * @param id the identity of the write
   * @param beganMicros when its making began, by the server's clock
   * @param ground what was known before the server was asked
   */
  private record Proof(long id, long beganMicros, Ground ground) {
    boolean isOf(long otherId, long otherBeganMicros) {
      return id == otherId && beganMicros == otherBeganMicros;
    }
  }

  /**
   * How much this gateway had heard at an instant.
   *
   * @param generation in which announcements were heard
   * @param position in the log
   * @param settledMicros {@link SlotGroup#heardSinceMicros}, which is another once the entry's
   *     group was away from its server
   */
  record Ground(int generation, long position, long settledMicros) {}

  /** Remembers a write. */
  void add(long id, long beganMicros, Ground ground) {
    if (id == 0) {
      return; // a write without an identity
    }
    int first = first(id);
    Proof before = proofs.get(first);
    if (before != null && !before.isOf(id, beganMicros)) {
      proofs.set(first + 1, before);
    }
    proofs.set(first, new Proof(id, beganMicros, ground));
  }

  /**
   * What was known before a write was found valid; null where it is not remembered, or where its
   * group was away from its server since then or is.
   */
  @Nullable Ground of(long id, long beganMicros, long settledMicros) {
    if (settledMicros == SlotGroup.UNHEARD) {
      return null; // and may have been when it was found valid, on another server
    }
    int first = first(id);
    for (int at = first; at <= first + 1; at++) {
      Proof proof = proofs.get(at);
      if (proof != null && proof.isOf(id, beganMicros)) {
        return proof.ground().settledMicros() == settledMicros ? proof.ground() : null;
      }
    }
    return null;
  }

  private static int first(long id) {
    return (int) id & (MOST - 2);
  }
}
