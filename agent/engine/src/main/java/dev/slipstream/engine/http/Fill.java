package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.learn.LearnedLifetime;
import dev.slipstream.engine.learn.Refetch;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One answer of the application on its way into the cache: a bounded copy of what it writes.
 *
 * <p>It ends once, by {@link #complete} or {@link #abandon}; what comes after that is ignored. It
 * never holds anything back from the client and never fails because of the copy. Thread-safe: the
 * answer may be written by one thread and completed by another.
 */
public final class Fill {
  /** The longest body that is copied only to see whether it changes. */
  private static final int MOST_WATCHED_BYTES = 65_536;

  private final HttpCache cache;
  private volatile @Nullable CacheRule rule;
  private final KnownMisses knownMisses;
  private final String key;
  private final boolean credentialed;
  private final boolean partitioned;
  private final boolean identified;
  private final String path;
  private final @Nullable String query;
  private final Fields requestFields; // a refresh goes on when the request is gone
  private final TieredCache.Mark mark;
  private final Body body;
  private final int maxBodyBytes;
  private final boolean gzipWanted;
  private final Flights.@Nullable Flight flight;
  private final @Nullable Observed observed;
  private final @Nullable Refetch refetch;
  private final String foundUnder;
  private final @Nullable String enteredPath;
  private final @Nullable StoredResponse before;
  private final long startNanos = System.nanoTime();
  private boolean begun;
  private boolean open = true;
  private long ttlSeconds;
  private boolean gzipped;
  private boolean onlyWatched;
  private boolean tagged;

  Fill(
      HttpCache cache,
      Decision.Fetch fetch,
      @Nullable Observed observed,
      @Nullable Refetch refetch,
      KnownMisses knownMisses,
      int maxBodyBytes,
      boolean gzipWanted,
      TieredCache.Mark mark) {
    this.observed = observed;
    this.knownMisses = knownMisses;
    this.refetch = refetch;
    Lookup lookup = fetch.lookup();
    this.foundUnder = lookup.foundUnder();
    this.before = lookup.stored();
    RequestView request = lookup.request();
    this.enteredPath = request.place().equals(RequestView.ENTRY) ? request.path() : null;
    this.cache = cache;
    this.flight = fetch.flight();
    this.rule = lookup.rule();
    this.key = lookup.key();
    this.credentialed = lookup.isCredentialed();
    this.partitioned = lookup.isPartitioned();
    this.identified = lookup.audience() != Lookup.Audience.EVERYONE;
    this.path = lookup.request().path();
    this.query = lookup.request().query();
    this.requestFields = lookup.request().fields();
    this.gzipWanted = gzipWanted;
    this.mark = mark;
    this.maxBodyBytes = maxBodyBytes;
    this.body = new Body(maxBodyBytes);
  }

  /**
   * Has what the application's own code says of the answer count as a rule does; an operator's rule
   * comes before it.
   */
  public void ruledBy(CacheRule own) {
    if (rule == null) {
      rule = own;
    }
  }

  /** The largest body that is copied. */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  /** Whether the copy is still wanted. */
  public synchronized boolean isOpen() {
    return open;
  }

  /** Whether the answer is going to be stored, as far as is known. */
  public synchronized boolean isToBeStored() {
    return open && !onlyWatched;
  }

  /** Whether the first byte is still to come: {@link #begin} is then called before it. */
  public synchronized boolean awaitsBegin() {
    return open && !begun;
  }

  /**
   * Looks at the head before the first byte: where it rules out storing already, nothing is copied.
   * So a private answer costs no copy; one whose fields are set after its first byte is not stored.
   */
  public synchronized void begin(ResponseHead head) {
    if (awaitsBegin() && observed != null && StoragePolicy.isEventStream(head.fields())) {
      abandon(Refusal.EVENT_STREAM);
    } else if (awaitsBegin() && observed == null) { // what is observed is compared, if not stored
      begun = true;
      Admission.Verdict verdict = cache.verdict(this, head, false);
      Refusal refusal = verdict.refusal();
      if (refusal == Refusal.NOT_FRESH
          && refetch != null
          && mayBeShort(head)
          && refetch.takesToWatch(foundUnder, head.status())) {
        onlyWatched = true;
        land(false);
      } else if (refusal != null) {
        abandon(refusal);
      } else {
        ttlSeconds = verdict.ttlSeconds();
        gzipped = Admission.isGzipped(head, rule) || (gzipWanted && Admission.mayBeGzipped(head));
      }
    }
  }

  private static boolean mayBeShort(ResponseHead head) {
    String announced = head.fields().first("Content-Length");
    return announced == null
        || (announced.matches("[0-9]{1,5}") && Integer.parseInt(announced) <= MOST_WATCHED_BYTES);
  }

  /** For how long the answer will be fresh, as it looked when it {@linkplain #begin began}. */
  public synchronized long ttlSeconds() {
    return ttlSeconds;
  }

  /** Whether other answers from the cache may be in gzip, as it looked when it began. */
  public synchronized boolean isGzipped() {
    return gzipped;
  }

  /**
   * Whether the answer may go to its own client in gzip, too, as far as the request tells: that
   * accepts it and wants no part, and what is stored is for everybody who asks. In what is one
   * identity's, lengths would tell of secrets beside what others may have put there (BREACH).
   */
  public boolean mayGoOutInGzip() {
    CacheRule current = rule;
    return (gzipWanted || (current != null && current.gzip()))
        && observed == null
        && !partitioned
        && !requestFields.contains("Range")
        && GzipVariant.isAccepted(requestFields.all("Accept-Encoding"));
  }

  /** Whether it goes out in gzip, if it begins now. */
  public synchronized boolean goesOutInGzip(ResponseHead head, ReadSet reads) {
    return mayGoOutInGzip()
        && isToBeStored()
        && Admission.mayBeGzipped(head)
        && cache.refusal(this, head, reads.isIdentified()) == null
        && !cache.isEmergency();
  }

  /** Whether it is to be kept in gzip, too, whatever the rule says. */
  boolean isGzipWanted() {
    return gzipWanted;
  }

  /** Takes a copy of bytes that the application writes. */
  public synchronized void append(byte[] bytes, int offset, int count) {
    if (isWatchedTooLong(count)) {
      abandon(Refusal.NOT_FRESH);
    }
    if (open && !body.append(bytes, offset, count)) {
      abandon(Refusal.TOO_LARGE);
    }
  }

  /** Takes a copy of one byte. */
  public synchronized void append(byte one) {
    if (isWatchedTooLong(1)) {
      abandon(Refusal.NOT_FRESH);
    }
    if (open && !body.append(one)) {
      abandon(Refusal.TOO_LARGE);
    }
  }

  private boolean isWatchedTooLong(int more) {
    return open && onlyWatched && more > MOST_WATCHED_BYTES - body.length();
  }

  /** The answer has fields that are for the cache alone, and have to be taken out of it. */
  public synchronized void isTagged() {
    tagged = true;
  }

  /** Forgets the body so far: the application has reset its buffer. */
  public synchronized void reset() {
    body.clear();
    begun = false;
    endWatch();
  }

  /** Gives the copy up. */
  public synchronized void abandon(Refusal why) {
    if (open) {
      open = false;
      body.clear();
      endWatch();
      cache.refused(this, why);
      if (why.isOfTheAnswer() && !tagged) {
        knownMisses.refused(path, query, identified);
      }
      if (refetch != null) {
        refetch.took(System.nanoTime() - startNanos, -1);
      }
      land(false);
    }
  }

  /** Ends the copy without a word: somebody else in the application answers, who is asked anew. */
  public synchronized void handOn() {
    if (open) {
      open = false;
      body.clear();
      endWatch();
      land(false);
    }
  }

  private void endWatch() {
    if (onlyWatched && refetch != null) {
      refetch.watched();
    }
    onlyWatched = false;
  }

  /** Whoever waits for the answer gets it from the cache, or asks for its own. */
  private void land(boolean stored) {
    if (flight != null) {
      flight.land(stored);
    }
  }

  /** Ends a copy that nothing else has ended. */
  public synchronized void close() {
    if (open) {
      abandon(Refusal.INCOMPLETE);
    }
  }

  /** Ends the copy without one: what is stored already was confirmed, and is stored anew. */
  synchronized void confirm(BooleanSupplier store) {
    if (open) {
      open = false;
      body.clear();
      endWatch();
      land(store.getAsBoolean());
    }
  }

  /**
   * Ends the answer: it is stored if it is fit for that.
   *
   * @param reads what the application looked at meanwhile
   * @param moreTags tags that the application gave it
   */
  public synchronized void complete(ResponseHead head, ReadSet reads, List<String> moreTags) {
    if (!open) {
      return;
    }
    if (observed != null) {
      observed.answered(head.status(), body.toByteArray(), System.nanoTime() - startNanos);
    }
    Refusal refusal = cache.refusal(this, head, reads.isIdentified());
    if (refusal == null && !isComplete(head)) {
      refusal = Refusal.INCOMPLETE;
    }
    if (refetch != null) {
      refetch.took(System.nanoTime() - startNanos, body.length());
    }
    if (refusal != null) {
      if (refusal == Refusal.NOT_FRESH && refetch != null && isWatched(refetch, head.status())) {
        refetch.answered(foundUnder, head.status(), body.toByteArray(), null);
      }
      abandon(refusal);
      return;
    }
    open = false;
    endWatch();
    knownMisses.forget(path, query, identified);
    boolean stored = false;
    try {
      stored = cache.store(this, head, body.toByteArray(), reads, moreTags);
    } finally {
      land(stored);
    }
  }

  /** What is observed is copied anyway, so it is decided late whether it is watched. */
  private boolean isWatched(Refetch refetch, int status) {
    if (observed != null && !onlyWatched) {
      onlyWatched = refetch.takesToWatch(foundUnder, status); // ends with the copy
    }
    return onlyWatched;
  }

  /**
   * A body other than the announced one was not all written through us. Nor can an unannounced
   * empty one be told from one that was written past us, where the status lets expect one.
   */
  private boolean isComplete(ResponseHead head) {
    ContentRange range = ContentRange.parse(head.fields().first("Content-Range"));
    if (head.status() == 206
        && (range == null || range.last() - range.first() + 1 != body.length())) {
      return false;
    }
    String announced = head.fields().first("Content-Length");
    if (announced != null) {
      return announced.equals(Integer.toString(body.length()));
    }
    return body.length() > 0 || head.status() == 204 || head.status() / 100 == 3;
  }

  @Nullable Observed observed() {
    return observed;
  }

  /** What is learned from the answer; null where that is nothing. */
  @Nullable Refetch refetch() {
    return refetch;
  }

  /** The lifetime that was learned for the answer; null where the rule's counts. */
  @Nullable LearnedLifetime learned(int status) {
    return refetch == null ? null : refetch.lifetime(status);
  }

  /** What the answer comes in place of, if it is whole and stored under this key. */
  Refetch.@Nullable Before before(String storedUnder) {
    return before == null || !storedUnder.equals(foundUnder) ? null : before.beforeRefetch();
  }

  @Nullable CacheRule rule() {
    return rule;
  }

  /** The path, where the copy is taken where the web application is entered; else null. */
  @Nullable String enteredPath() {
    return enteredPath;
  }

  String key() {
    return key;
  }

  boolean isCredentialed() {
    return credentialed;
  }

  boolean isPartitioned() {
    return partitioned;
  }

  Fields requestFields() {
    return requestFields;
  }

  TieredCache.Mark mark() {
    return mark;
  }
}
