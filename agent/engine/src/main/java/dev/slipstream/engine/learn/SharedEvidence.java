package dev.slipstream.engine.learn;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What gateways tell each other of what they have seen, and leave to those that come after them.
 * One thread at a time.
 *
 * <p>Each writes what it has seen itself, and reads what the others have: so evidence adds up, and
 * none is counted twice or lost where two write at once. It counts the less, the older it is, by
 * half in {@value #HALF_LIFE_HOURS} hours, by the server's clock: gateways' own may differ. What
 * was written by one that has not written for an hour is taken over by whoever is first to remove
 * it: a gateway that starts again finds so what the one before it knew.
 *
 * <p>What is read is not trusted: all that others say counts as much as what one gateway can have
 * seen, and endpoints that nobody has asked for here take nobody's place.
 */
public final class SharedEvidence {
  private static final int HALF_LIFE_HOURS = 6;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long GONE_MILLIS = HOUR_MILLIS;
  private static final long FUTURE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int MOST_ENDPOINTS = 1_000;
  private static final long READ_EVERY_MILLIS = Duration.ofMinutes(5).toMillis();

  private final Learning learning;
  private final Board board;
  private final InstantSource clock;
  private final String gateway = UUID.randomUUID().toString();
  private long readAt = Long.MIN_VALUE;
  private long written = -1;

  /** Ties what is learned to where gateways leave it. */
  public SharedEvidence(Learning learning, Board board, InstantSource clock) {
    this.learning = learning;
    this.board = board;
    this.clock = clock;
  }

  /** Where each gateway leaves something for the others. */
  public interface Board {
    /** The time there, in milliseconds since 1970; null where it cannot be had. */
    @Nullable Long millis();

    /** Leaves something in place of what was left before. Returns whether that could be done. */
    boolean write(String gateway, byte[] note);

    /** What all have left, by gateway; null where it cannot be had. */
    @Nullable Map<String, byte[]> read();

    /** Removes what a gateway has left. Returns whether it was there. */
    boolean remove(String gateway);
  }

  /** Tells and is told; to be called at most every half minute. */
  public void exchange() {
    if (learning.rests()) {
      return;
    }
    long now = clock.millis();
    Long there = board.millis();
    if (there == null) {
      return;
    }
    if (readAt == Long.MIN_VALUE || now - readAt >= READ_EVERY_MILLIS) {
      Map<String, byte[]> notes = board.read();
      if (notes == null) {
        return;
      }
      readAt = now;
      take(notes, there);
    }
    Map<String, @Nullable ChangeEvidence[]> own = new LinkedHashMap<>();
    for (LearnedEndpoint endpoint : learning.all()) {
      ChangeEvidence[] evidence = endpoint.evidence();
      if (evidence[LearnedTtl.ALL].observations() > 0) {
        own.put(endpoint.name(), evidence);
      }
    }
    learning.inherited().forEach(own::putIfAbsent);
    long seen = learning.observed();
    boolean alive = now - readAt < READ_EVERY_MILLIS / 2 && seen == written;
    if (!own.isEmpty() && !alive && board.write(gateway, EvidenceCodec.encode(there, own))) {
      written = seen;
    }
  }

  private void take(Map<String, byte[]> notes, long now) {
    Map<String, @Nullable ChangeEvidence[]> sum = new HashMap<>();
    int[] gateways = {0};
    notes.forEach(
        (name, note) -> {
          EvidenceCodec.Written theirs = name.equals(gateway) ? null : EvidenceCodec.decode(note);
          if (theirs == null || theirs.writtenAtMillis() > now + FUTURE_MILLIS) {
            return; // what comes from the future would never be old
          }
          long age = Math.max(0, now - theirs.writtenAtMillis());
          double weight = Math.pow(0.5, (double) age / HOUR_MILLIS / HALF_LIFE_HOURS);
          theirs.evidence().values().forEach(evidence -> weigh(evidence, weight));
          if (age <= GONE_MILLIS) {
            gateways[0]++;
            theirs.evidence().forEach((endpoint, evidence) -> add(sum, endpoint, evidence));
          } else if (board.remove(name)) {
            theirs.evidence().forEach(learning::inherit);
            written = -1;
          }
        });
    sum.values().forEach(SharedEvidence::bound);
    learning.others(sum, gateways[0]);
  }

  private static void bound(@Nullable ChangeEvidence[] evidence) {
    for (ChangeEvidence one : evidence) {
      if (one != null) {
        one.bound();
      }
    }
  }

  private static void weigh(@Nullable ChangeEvidence[] evidence, double weight) {
    for (ChangeEvidence one : evidence) {
      if (one != null) {
        one.forget(weight);
      }
    }
  }

  private void add(
      Map<String, @Nullable ChangeEvidence[]> sum,
      String endpoint,
      @Nullable ChangeEvidence[] evidence) {
    if (sum.size() >= MOST_ENDPOINTS && learning.named(endpoint) == null) {
      return;
    }
    @Nullable ChangeEvidence[] there = sum.putIfAbsent(endpoint, evidence);
    if (there == null) {
      return;
    }
    for (int runs = 0; runs < Run.CLASSES; runs++) {
      ChangeEvidence before = there[runs];
      ChangeEvidence more = evidence[runs];
      if (before == null) {
        there[runs] = more;
      } else if (more != null) {
        before.add(more);
      }
    }
  }
}
