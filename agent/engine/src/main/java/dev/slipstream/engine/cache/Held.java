package dev.slipstream.engine.cache;

/**
 * An entry in L1, with what is known of whether other gateways have invalidated it. Thread-safe.
 *
 * <p>It is confirmed by one thread at a time, and meanwhile as good as it was.
 */
final class Held {
  private final CacheEntry entry;
  private final long id;
  private final long begunAtMillis;

  private boolean confirming; // no object for it beside each entry
  private final int tagBits; // beside the entry, so that a walk need not look into each
  private volatile Known known;
  private volatile boolean doubtful;
  private int weight; // with its key; what is evicted was not touched for long, and is far away

  /**
   * Until when an entry is known not to have been invalidated.
   *
   * @param generation in which announcements are heard since
   * @param millis since 1970
   * @param nanos of the ticker
   */
  record Known(int generation, long millis, long nanos) {
    /** Without L2, where nobody asks: one for all entries. */
    static final Known ALONE = new Known(0, 0, 0);
  }

  /**
   * Holds an entry.
   *
   * @param id the identity of the write that brought it to L2
   * @param begunAtMillis when its making began, in milliseconds since 1970
   */
  Held(CacheEntry entry, long id, long begunAtMillis, Known known) {
    this.entry = entry;
    this.id = id;
    this.begunAtMillis = begunAtMillis;
    this.known = known;
    this.tagBits = TagBits.ofEntry(entry.tags());
  }

  /** The {@link TagBits} of the entry. */
  int tagBits() {
    return tagBits;
  }

  CacheEntry entry() {
    return entry;
  }

  long id() {
    return id;
  }

  long begunAtMillis() {
    return begunAtMillis;
  }

  Known known() {
    return known;
  }

  /**
   * Whether the caller is the one to confirm it; {@link #confirmed} or {@link #given} ends that.
   */
  synchronized boolean takeToConfirm() {
    boolean taken = !confirming;
    confirming = true;
    return taken;
  }

  /** Whether it was to be confirmed, and was not. */
  boolean isDoubtful() {
    return doubtful;
  }

  void doubt() {
    doubtful = true;
  }

  synchronized void confirmed(Known now) {
    known = now;
    doubtful = false;
    confirming = false;
  }

  /** It was not confirmed. */
  synchronized void given() {
    confirming = false;
  }

  /** What it weighs with its key, in bytes, as it was {@linkplain #weighs told}; 0 before that. */
  int weight() {
    return weight;
  }

  void weighs(int bytes) {
    weight = bytes;
  }
}
