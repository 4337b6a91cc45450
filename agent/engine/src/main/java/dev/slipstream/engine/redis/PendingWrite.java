package dev.slipstream.engine.redis;

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
 * @param settled runs once the server has it, or is not used before it is made up for
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
    Runnable settled) {
  private static final int OVERHEAD_BYTES = 128;

  /** Bytes it takes in the queue, about. */
  long weight() {
    return OVERHEAD_BYTES + value.length + 2L * (key.length() + tags.length());
  }
}
