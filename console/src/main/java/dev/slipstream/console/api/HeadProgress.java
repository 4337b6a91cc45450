package dev.slipstream.console.api;

/**
 * Whether a connection takes too long over the head of a request. Seen now and then, by one thread.
 */
final class HeadProgress {
  private final long allowedNanos;
  private long messages;
  private long bytes;
  private long waitingSince;
  private boolean waiting = true;

  /** Of a connection that has just been opened. */
  HeadProgress(long allowedNanos, long nanoTime) {
    this.allowedNanos = allowedNanos;
    this.waitingSince = nanoTime;
  }

  /**
   * Looks at it.
   *
   * @param messagesIn requests whose head has come
   * @param bytesIn bytes that have come
   */
  boolean isOverdue(long messagesIn, long messagesOut, long bytesIn, long nanoTime) {
    if (messagesIn > messages || messagesIn > messagesOut) {
      messages = messagesIn;
      bytes = bytesIn;
      waiting = false;
    } else if (!waiting && bytesIn > bytes) {
      waiting = true;
      waitingSince = nanoTime;
    }
    return waiting && nanoTime - waitingSince > allowedNanos;
  }
}
