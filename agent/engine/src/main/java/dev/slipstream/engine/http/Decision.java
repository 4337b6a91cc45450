package dev.slipstream.engine.http;

import org.jspecify.annotations.Nullable;

/** What is done with a request. Made without I/O; an adapter carries it out. */
public sealed interface Decision {

  /**
   * The stored response answers.
   *
   * @param response what is stored
   * @param content what of it the client gets
   * @param ageSeconds its age, for the Age field
   * @param ttlSeconds for how long it stays fresh; negative once it is stale
   * @param cacheStatus the Cache-Status field's value
   * @param refresh set where it is stale, and the application is to be asked in the background
   */
  record Serve(
      StoredResponse response,
      Content content,
      long ageSeconds,
      long ttlSeconds,
      String cacheStatus,
      @Nullable Fetch refresh)
      implements Decision {}

  /**
   * The application answers.
   *
   * @param why why the cache does not
   * @param store whether its answer may be stored if it is fit for that
   * @param lookup what was looked up, for {@link HttpCache#fill}
   * @param validation what is stored but has to be confirmed, or null
   */
  record Fetch(Forward why, boolean store, Lookup lookup, @Nullable Validation validation)
      implements Decision {}

  /** Nobody answers: the client wants only what is stored, and nothing is. Status 504. */
  record Unavailable() implements Decision {
    /** The Cache-Status field's value. */
    public String cacheStatus() {
      return CacheStatus.unavailable();
    }
  }

  /**
   * The application answers, and the cache takes no part.
   *
   * @param why why not
   */
  record Bypass(Forward why) implements Decision {}
}
