package dev.slipstream.api;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the application's own, under a name.
 *
 * <p>Thread-safe. No call fails because of the cache or of the agent, and no look-up or write waits
 * for Redis longer than the agent's setting {@code l2_budget} (50 ms). Without the agent, or while
 * it is off, nothing is found and nothing stored. In this process values are held by reference:
 * {@link #get} returns the very object that was stored, so what is stored is not to be changed any
 * more.
 *
 * <p>A time to live is cut to milliseconds; null is the agent's setting {@code cache_default_ttl},
 * and with zero or less nothing is stored. Null values are not stored. Tags are one space for all
 * caches and for responses.
 */
public final class Cache {
  private static final String[] NO_TAGS = {};

  private final Class<?> owner;
  private final String name;
  private final @Nullable Type type;
  private final @Nullable Boolean through; // of the JDK, as all that goes through the gate

  Cache(Class<?> owner, String name, @Nullable Type type) {
    this(owner, name, type, null);
  }

  private Cache(Class<?> owner, String name, @Nullable Type type, @Nullable Boolean through) {
    this.owner = owner;
    this.name = name;
    this.type = type;
    this.through = through;
  }

  /**
   * The same cache, written through: {@link #set}, {@link #delete} and {@link #getOrLoad}, where it
   * has loaded, return once Redis has the change, or after the agent's setting {@code l2_budget};
   * what takes longer goes on behind the caller. {@link #getOrLoadAsync} writes behind as ever.
   */
  public Cache writeThrough() {
    return new Cache(owner, name, type, Boolean.TRUE);
  }

  /** The name that the cache was asked for with. */
  public String name() {
    return name;
  }

  /** The value under a key, or {@code otherwise}. */
  public <V extends @Nullable Object> V get(String key, V otherwise) {
    Object[] call = Gate.enter(owner, "get", name, type, checked(key));
    return call == null ? otherwise : answer(call);
  }

  /** {@link #get}, without the caller's thread waiting for Redis. */
  public <V extends @Nullable Object> CompletionStage<V> getAsync(String key, V otherwise) {
    CompletableFuture<Object> later = new CompletableFuture<>();
    Object[] call = Gate.enter(owner, "getAsync", name, type, checked(key), later);
    if (call == null) {
      return CompletableFuture.completedFuture(otherwise);
    }
    return later.thenApply(found -> found == null ? otherwise : Cache.<V>cast(found));
  }

  /** The value under a key; where there is none, the loader's, which is stored without tags. */
  public <V extends @Nullable Object, E extends Exception> V getOrLoad(
      String key, @Nullable Duration ttl, Loader<V, E> loader) throws E {
    return getOrLoad(key, ttl, List.of(), loader);
  }

  /**
   * The value under a key; where there is none, the loader's, which is stored.
   *
   * <p>Of several threads that ask for the same at the same time, one runs its loader and the
   * others wait for what it returns, at most the agent's setting {@code coalescing_wait} (5 s);
   * then, or where it throws, they run their own. What began to load before the key was set,
   * deleted or invalidated is not stored after it.
   *
   * @param tags what the value may be invalidated by
   * @throws E what the loader has thrown, unchanged
   */
  public <V extends @Nullable Object, E extends Exception> V getOrLoad(
      String key, @Nullable Duration ttl, Collection<String> tags, Loader<V, E> loader) throws E {
    Objects.requireNonNull(loader);
    Object[] call =
        Gate.enter(owner, "load", name, type, checked(key), millis(ttl), array(tags), through);
    if (call == null) {
      return loader.load();
    }
    if (call[Gate.TARGET] == null) {
      return answer(call);
    }
    V loaded;
    try {
      loaded = loader.load();
    } catch (Throwable t) {
      Gate.exit(call, t);
      throw t;
    }
    end(call, loaded);
    return loaded;
  }

  /**
   * {@link #getOrLoad}, without the caller's thread waiting. The loader runs on the caller's
   * thread, or on one of the common pool where Redis was asked first; who waits for another's
   * loader shares its failure, too. A stage that fails is not stored.
   */
  public <V extends @Nullable Object> CompletionStage<V> getOrLoadAsync(
      String key,
      @Nullable Duration ttl,
      Collection<String> tags,
      Loader<? extends CompletionStage<V>, ? extends Exception> loader) {
    Objects.requireNonNull(loader);
    CompletableFuture<Object[]> later = new CompletableFuture<>();
    Object[] call =
        Gate.enter(owner, "loadAsync", name, type, checked(key), millis(ttl), array(tags), later);
    if (call == null) {
      return load(loader);
    }
    if (call[Gate.TARGET] != null) { // somebody of the agent's looks it up
      return later.thenCompose(decided -> decide(decided, loader));
    }
    return decide((Object[]) call[Gate.ANSWER], loader);
  }

  /** What the agent has decided: a stage to share, or a call to end. Empty: neither. */
  private static <V extends @Nullable Object> CompletionStage<V> decide(
      Object[] decided, Loader<? extends CompletionStage<V>, ? extends Exception> loader) {
    if (decided.length == 1) {
      return cast(decided[0]);
    }
    CompletionStage<V> loading = load(loader);
    return decided.length == 0
        ? loading
        : loading.whenComplete(
            (loaded, thrown) -> {
              if (thrown == null) {
                end(decided, loaded);
              } else {
                Gate.exit(decided, thrown);
              }
            });
  }

  private static <V extends @Nullable Object> CompletionStage<V> load(
      Loader<? extends CompletionStage<V>, ? extends Exception> loader) {
    try {
      return Objects.requireNonNull(loader.load(), "the loader's stage");
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  /** Stores a value without tags. */
  public void set(String key, Object value, @Nullable Duration ttl) {
    set(key, value, ttl, List.of());
  }

  /**
   * Stores a value in place of what was there: in this process at once, in Redis behind the caller,
   * or {@linkplain #writeThrough through}.
   *
   * @param tags what the value may be invalidated by
   */
  public void set(String key, Object value, @Nullable Duration ttl, Collection<String> tags) {
    Gate.enter(
        owner,
        "set",
        name,
        type,
        checked(key),
        Objects.requireNonNull(value),
        millis(ttl),
        array(tags),
        through);
  }

  /**
   * Removes what is under a key: in this process at once, in Redis behind the caller, or
   * {@linkplain #writeThrough through}.
   */
  public void delete(String key) {
    Gate.enter(owner, "delete", name, type, checked(key), through);
  }

  /**
   * Removes what has one of the tags, whatever cache it is in, responses included: in this process
   * before it returns, in Redis as far as that answers in time, and otherwise behind the caller.
   *
   * @return how many entries, as far as that is known by then; 0 without the agent
   */
  public long invalidateByTags(String... tags) {
    return count(Gate.enter(owner, "invalidate", name, array(List.of(tags)), NO_TAGS, null));
  }

  /** {@link #invalidateByTags}, completed once Redis has answered. */
  public CompletionStage<Long> invalidateByTagsAsync(String... tags) {
    return invalidateAsync(array(List.of(tags)), NO_TAGS);
  }

  /**
   * Removes from this cache what a pattern matches ({@code *} stands for any characters, {@code ?}
   * for one), as {@link #invalidateByTags} does: {@code user:*}.
   *
   * @return how many entries, as far as that is known by then; 0 without the agent
   */
  public long invalidateByPattern(String pattern) {
    return count(
        Gate.enter(owner, "invalidate", name, NO_TAGS, array(List.of(checked(pattern))), null));
  }

  /** {@link #invalidateByPattern}, completed once Redis has answered. */
  public CompletionStage<Long> invalidateByPatternAsync(String pattern) {
    return invalidateAsync(NO_TAGS, array(List.of(checked(pattern))));
  }

  private CompletionStage<Long> invalidateAsync(String[] tags, String[] patterns) {
    CompletableFuture<Long> later = new CompletableFuture<>();
    Object[] call = Gate.enter(owner, "invalidate", name, tags, patterns, later);
    return call == null ? CompletableFuture.completedFuture(0L) : later;
  }

  private static long count(Object @Nullable [] call) {
    return call != null && call[Gate.ANSWER] instanceof Long count ? count : 0;
  }

  @SuppressWarnings("NullAway") // a slot may be null, whatever the gate's type says
  private static void end(Object[] call, @Nullable Object loaded) {
    call[Gate.RESULT] = loaded;
    Gate.exit(call, null);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // as below
  private static <V extends @Nullable Object> V answer(Object[] call) {
    return cast(call[Gate.ANSWER]);
  }

  /** What a cache of no type holds is what the application takes it for. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  private static <V extends @Nullable Object> V cast(@Nullable Object value) {
    return (V) value;
  }

  private static String checked(@Nullable String key) {
    if (key == null || key.isEmpty()) {
      throw new IllegalArgumentException("a key, or a pattern, is not empty");
    }
    return key;
  }

  private static @Nullable Long millis(@Nullable Duration ttl) {
    if (ttl == null) {
      return null;
    }
    try {
      return ttl.toMillis();
    } catch (ArithmeticException e) {
      return ttl.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static String[] array(Collection<String> tags) {
    return tags.toArray(String[]::new);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
