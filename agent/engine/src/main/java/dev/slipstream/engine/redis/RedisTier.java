package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * L2: the tier in Redis that gateways share.
 *
 * <p>Thread-safe; no method throws. A server that is absent, slow, full or hangs makes a look-up a
 * miss within the budget, and one that costs next to nothing once that is known. Writes wait in a
 * bounded queue. An invalidation the server does not answer is kept, and nothing of the tier is
 * used before it has been made up for.
 *
 * <p>Connections are opened and closed by the tier's own threads, {@code slipstream-redis-keeper}
 * and {@code slipstream-redis-writer} for each server and {@code slipstream-redis-topology}, and by
 * whichever thread invalidates or asks for statistics, which must not be a request's.
 */
public final class RedisTier implements AutoCloseable {
  private static final String NO_REDIS = "no Redis is configured";

  private final Settings.Redis settings;
  private final String keyPrefix;
  private final AgentLog log;
  private final LongSupplier nanoTicker;
  private final InstantSource clock;
  private final Counters counters = new Counters();
  private volatile @Nullable RedisSession session;
  private volatile @Nullable SharedSecret secret;
  private volatile Consumer<Announcement> listener = announcement -> {};
  private volatile boolean paused;
  private volatile BooleanSupplier needless = () -> false;
  private volatile LongSupplier position = () -> Hearing.NO_LOG;

  /**
   * Makes a tier that does nothing before {@link #start}.
   *
   * @param keyPrefix what keys begin with, without the colon that follows
   * @param nanoTicker the time in nanoseconds from any origin
   * @param clock the clock that expiries and the beginnings of fills are read from
   */
  public RedisTier(
      Settings.Redis settings,
      String keyPrefix,
      AgentLog log,
      LongSupplier nanoTicker,
      InstantSource clock) {
    this.settings = settings;
    this.keyPrefix = keyPrefix;
    this.log = log;
    this.nanoTicker = nanoTicker;
    this.clock = clock;
  }

  /** Starts the maintenance threads; neither blocks nor throws. */
  public synchronized void start() {
    RedisUrl url = settings.url();
    if (session != null) {
      return;
    }
    if (url == null) {
      log.warn(NO_REDIS + ": L1 goes on alone");
      return;
    }
    try {
      RedisSession next =
          new RedisSession(
              settings,
              url,
              keyPrefix,
              log,
              nanoTicker,
              clock,
              counters,
              position,
              this::announced);
      SharedSecret shared = secret;
      if (shared != null) {
        next.share(shared);
      }
      next.start();
      session = next;
    } catch (RuntimeException | LinkageError e) {
      log.error("L2 could not be started: L1 goes on alone", e);
    }
  }

  /** Has gateways agree on a secret there, unless it is one that was set; before the start. */
  public void share(SharedSecret shared) {
    this.secret = shared.isGiven() ? null : shared;
  }

  /** The server's time, in milliseconds since 1970; null where it cannot be had. Waits for it. */
  public @Nullable Long serverMillis() {
    RedisSession current = session;
    return current == null ? null : current.learned().serverMillis();
  }

  /** Leaves what this gateway has learned for the others. Returns whether that could be done. */
  public boolean leaveLearned(String gateway, byte[] note) {
    RedisSession current = session;
    return current != null && current.learned().write(gateway, note);
  }

  /** What gateways have left, by gateway; null where the server cannot be had. */
  public @Nullable Map<String, byte[]> learned() {
    RedisSession current = session;
    return current == null ? null : current.learned().read();
  }

  /** Removes what a gateway has left. Returns whether it was there. */
  public boolean removeLearned(String gateway) {
    RedisSession current = session;
    return current != null && current.learned().remove(gateway);
  }

  /** Says who is told what other gateways announce, in a thread of the tier's; before the start. */
  public void onAnnouncement(Consumer<Announcement> listener) {
    this.listener = listener;
  }

  /** Hears of what went wrong. */
  public interface FailureListener {
    /**
     * A request's question was not answered; called on its thread.
     *
     * @param nanos for how long it was waited for, in nanoseconds
     */
    void failed(String reason, long nanos);
  }

  /** Says who is told of questions that were not answered; before the start. */
  public void onFailure(FailureListener told) {
    counters.failures = told;
  }

  /**
   * Says where the log is of what was announced and of what was invalidated here: noted there
   * before it is done, and once more when it is done; before the start.
   */
  public void heardUpTo(LongSupplier position) {
    this.position = position;
  }

  /** Returns whether it could be done. */
  private boolean announced(Announcement announcement) {
    RedisSession current = session;
    if (current != null) {
      current.heard(announcement);
    }
    try {
      listener.accept(announcement);
      return true;
    } catch (RuntimeException | Error e) { // what was not done must not go unnoticed
      counters.errors.increment();
      log.error("what another gateway announced could not be done", e);
      return false;
    }
  }

  /** Whether this gateway hears the others; null where the tier is not started. */
  public @Nullable Listening listening() {
    RedisSession current = session;
    return current == null ? null : current.listening();
  }

  /** How well it does. */
  public CoherenceStatistics coherence() {
    RedisSession current = session;
    return current == null ? CoherenceStatistics.ALONE : current.coherence();
  }

  /**
   * Lets requests neither read nor write for a while, or again. What makes entries invalid goes out
   * as ever, and what other gateways announce is heard.
   */
  public void pause(boolean value) {
    paused = value;
  }

  /** Says while entries that nobody waits for are not written; before the start. */
  public void dropsWhile(BooleanSupplier needless) {
    this.needless = needless;
  }

  /** Whether an entry that nobody waits for is not written now; then it counts as dropped. */
  public boolean drops() {
    boolean drops = needless.getAsBoolean();
    if (drops) {
      counters.droppedWrites.increment();
    }
    return drops;
  }

  /** Whether requests neither read nor write. */
  public boolean isPaused() {
    return paused;
  }

  /** The value under a key, with a budget for this look-up alone. */
  public byte @Nullable [] get(String key) {
    Deadline deadline = deadline();
    RedisValue value = deadline == null ? null : get(key, deadline);
    return value == null ? null : value.bytes();
  }

  /** The budget of a request that begins to look entries up; null where no server is used. */
  public @Nullable Deadline deadline() {
    RedisSession current = session;
    return current == null || paused ? null : current.deadline();
  }

  /**
   * The value under a key, for a request: null where there is none, where it was invalidated, and
   * where the server does not answer within the request's budget.
   */
  public @Nullable RedisValue get(String key, Deadline deadline) {
    return get(key, deadline, null);
  }

  /**
   * The same; the server is not asked what the gateway knows by itself.
   *
   * @param hearsay what it knows; null for nothing
   */
  public @Nullable RedisValue get(String key, Deadline deadline, @Nullable Hearsay hearsay) {
    RedisSession current = session;
    return current == null ? null : current.get(key, deadline, hearsay);
  }

  /** Confirms an entry that this gateway holds, within the request's budget. */
  public Confirmation confirm(HeldEntry held, Deadline deadline) {
    RedisSession current = session;
    return current == null ? Confirmation.LOST : current.confirm(held, deadline);
  }

  /**
   * Queues an entry to be written. It is dropped where the queue is full, and where it is over a
   * bound (64 tags of 256 characters, a key of 16,384).
   *
   * @param key the whole key, which begins with the prefix
   * @param value what is stored; not copied, not to be changed
   * @param expiresAtMillis when the entry expires, in milliseconds since 1970
   * @param tags what the entry may be invalidated by
   * @param fillStartedAtMillis when its making began: an invalidation since then refuses it
   * @param id the identity of this write: a random number
   */
  public void put(
      String key,
      byte[] value,
      long expiresAtMillis,
      Collection<String> tags,
      long fillStartedAtMillis,
      long id) {
    RedisSession current = session;
    if (current != null && !paused) {
      String joined = Tags.joined(tags);
      current.put(
          new PendingWrite(key, value, expiresAtMillis, joined, fillStartedAtMillis, id, false),
          tags);
    }
  }

  /**
   * Queues an entry that takes the place of what has changed: it is newer than all that was begun
   * before it is written, and the other gateways are told.
   *
   * @param value null where nothing takes its place
   * @param settled runs once look-ups find it, or L2 is not used before that is made up for
   */
  public Written replace(
      String key,
      byte @Nullable [] value,
      long expiresAtMillis,
      Collection<String> tags,
      long id,
      Runnable settled) {
    RedisSession current = session;
    if (current == null) {
      settled.run();
      return Written.NEVER;
    }
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    CompletableFuture<Void> unused = written.thenRun(settled);
    if (value == null) {
      byte[] none = new byte[0];
      current.owe(new PendingWrite(key, none, expiresAtMillis, "", 0, id, true, written));
      return Written.NEVER;
    }
    String joined = Tags.joined(tags);
    PendingWrite write =
        new PendingWrite(key, value, expiresAtMillis, joined, 0, id, true, written);
    current.put(write, tags);
    return deadline -> current.await(write, written, deadline);
  }

  /**
   * Does as {@link #put} does, and waits until the server has the entry or the deadline is over:
   * then it is written behind, like any other. Does not wait for a server that is not used.
   *
   * @return whether the server took it
   */
  public boolean putThrough(
      String key,
      byte[] value,
      long expiresAtMillis,
      Collection<String> tags,
      long fillStartedAtMillis,
      long id,
      Deadline deadline) {
    return putFirst(key, value, expiresAtMillis, tags, fillStartedAtMillis, id).await(deadline);
  }

  /** Does as {@link #put} does, before what nobody waits for. */
  public Written putFirst(
      String key,
      byte[] value,
      long expiresAtMillis,
      Collection<String> tags,
      long fillStartedAtMillis,
      long id) {
    RedisSession current = session;
    if (current == null || paused) {
      return Written.NEVER;
    }
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    String joined = Tags.joined(tags);
    PendingWrite write =
        new PendingWrite(
            key, value, expiresAtMillis, joined, fillStartedAtMillis, id, false, written);
    current.put(write, tags);
    return deadline -> current.await(write, written, deadline);
  }

  /** The same as {@link #put} under any identity. */
  public void put(
      String key,
      byte[] value,
      long expiresAtMillis,
      Collection<String> tags,
      long fillStartedAtMillis) {
    put(key, value, expiresAtMillis, tags, fillStartedAtMillis, 0);
  }

  /**
   * Removes the entries that have one of the tags, or that one of the patterns matches: the full
   * key, the key without prefix, or without prefix and namespace. Waits for the server; not for
   * requests.
   *
   * @param kind what the other gateways are told; null for nothing
   */
  public RemovalCount invalidate(
      Collection<String> tags, Collection<String> patterns, Announcement.@Nullable Kind kind) {
    RedisSession current = session;
    if (current == null || (tags.isEmpty() && patterns.isEmpty())) {
      return new RemovalCount(0, 0, 0, current != null);
    }
    return current.invalidate(tags, patterns, kind);
  }

  /**
   * Walks over the entries that a look-up would find, in no order; one may come twice. Waits for
   * the servers.
   *
   * @param keysOfInterest which keys are looked at
   * @param goesOn asked again and again, at least for each 500 keys
   * @return false where not every server answered, or it was not to go on
   */
  public boolean find(
      Predicate<String> keysOfInterest, BooleanSupplier goesOn, Consumer<FoundEntry> found) {
    RedisSession current = session;
    return current != null && current.find(keysOfInterest, goesOn, found);
  }

  /**
   * The entry under a key, for somebody who looks at it: it counts as no look-up. Waits for the
   * server; null where there is none to be had.
   */
  public @Nullable ReadEntry read(String key) {
    RedisSession current = session;
    return current == null ? null : current.read(key);
  }

  /** A pattern that stands for the entries that have all of the tags. */
  public static String together(Collection<String> tags) {
    return Tags.together(tags);
  }

  /** The tags of such a pattern; none where it is one of keys. */
  public static List<String> tagsOf(String pattern) {
    return Tags.areTogether(pattern) ? Tags.of(pattern.substring(1)) : List.of();
  }

  /** {@link #invalidate}, as an invalidation that all gateways carry out. */
  public RemovalCount invalidate(Collection<String> tags, Collection<String> patterns) {
    return invalidate(tags, patterns, Announcement.Kind.INVALIDATED);
  }

  /** Removes every entry of ours, and nothing else in the database. Returns how many there were. */
  public long removeAll() {
    return invalidate(List.of(), List.of("*")).entries();
  }

  /** Removes the entries that a pattern matches. Returns how many there were. */
  public long removeMatching(String pattern) {
    return invalidate(List.of(), List.of(pattern)).entries();
  }

  /** Times that the breaker of a server has opened. */
  public long breakerOpenings() {
    return counters.breakerOpenings.sum();
  }

  /** Why one opened last; empty before. */
  public String lastOpeningReason() {
    return counters.lastOpeningReason;
  }

  /** Why some entries cannot be looked up now; empty while all can. Asks no server. */
  public String unavailableReason() {
    RedisSession current = session;
    if (current != null) {
      return current.reason();
    }
    return settings.url() == null ? NO_REDIS : "not started";
  }

  /** What the tier holds and has done; asks the server at most once a second. */
  public RedisTierStatistics statistics() {
    RedisSession current = session;
    RedisNode.Figures figures = current == null ? RedisNode.Figures.NONE : current.figures();
    String reason = unavailableReason();
    return new RedisTierStatistics(
        settings.display(),
        reason.isEmpty(),
        current == null ? "open" : current.breakerState(),
        reason,
        counters.breakerOpenings.sum(),
        counters.breakerChangedAtMillis,
        counters.lastOpeningReason,
        settings.url() == null ? "" : settings.url().topology().name().toLowerCase(Locale.ROOT),
        current == null ? Map.of() : current.nodes(),
        figures.memoryBytes(),
        figures.entries(),
        counters.hits.sum(),
        counters.misses.sum(),
        counters.skipped.sum(),
        counters.puts.sum(),
        counters.refusedWrites.sum(),
        counters.droppedWrites.sum(),
        counters.lateWrites.sum(),
        current == null ? 0 : current.queuedWrites(),
        counters.errors.sum(),
        counters.bytesRead.sum(),
        counters.bytesWritten.sum(),
        current == null ? 0 : current.connections(),
        current == null ? 0 : current.pendingInvalidations());
  }

  /**
   * What L2 took requests of late (the last one to two minutes), answered or not, in milliseconds.
   *
   * @param share the percentile, 0 to 1
   * @return null where there was no look-up
   */
  public @Nullable Double latencyMillis(double share) {
    return counters.latency.percentileMillis(share, nanoTicker.getAsLong());
  }

  /**
   * Ends the threads and closes the connections. What is queued is not written, but for what the
   * others are told of, where the servers take that and what is owed within half a second.
   */
  @Override
  public synchronized void close() {
    RedisSession current = session;
    if (current != null) {
      current.close();
    }
  }
}
