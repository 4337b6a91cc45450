package dev.slipstream.engine.redis;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An entry to be written.
 *
 * @param key its whole key
 * @param value what is stored; not copied
 * @param expiresAtMillis when it expires, by this machine's clock
 * @param tags its tags by line
 * @param begunAtMillis when its making began, by this machine's clock
 * @param id the identity of this write
 * @param announced whether the other gateways are told that what they have has changed
 * @param written completed, with whether the server took it, where somebody waits for that; null
 *     else
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PendingWrite(
    String key,
    byte[] value,
    long expiresAtMillis,
    String tags,
    long begunAtMillis,
    long id,
    boolean announced,
    @Nullable CompletableFuture<Boolean> written) {
  private static final int OVERHEAD_BYTES = 128;

  PendingWrite(
      String key,
      byte[] value,
      long expiresAtMillis,
      String tags,
      long begunAtMillis,
      long id,
      boolean announced) {
    this(key, value, expiresAtMillis, tags, begunAtMillis, id, announced, null);
  }

  /** Tells whoever waits whether the server took it. */
  void tell(boolean taken) {
    if (written != null) {
      written.complete(taken);
    }
  }

  /** Bytes it takes in the queue, about. */
  long weight() {
    return OVERHEAD_BYTES + value.length + 2L * (key.length() + tags.length());
  }
}
