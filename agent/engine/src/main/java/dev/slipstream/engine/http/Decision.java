package dev.slipstream.engine.http;

/** What is done with a request. Made without I/O; an adapter carries it out. */
public sealed interface Decision {

  /**
   * The stored response answers.
   *
   * @param response what is stored
   * @param ageSeconds its age, for the Age field
   * @param ttlSeconds for how long it stays fresh
   * @param notModified whether the client has it already: answer 304 (RFC 9110 §13)
   */
  record Serve(StoredResponse response, long ageSeconds, long ttlSeconds, boolean notModified)
      implements Decision {
    /** The Cache-Status field's value. */
    public String cacheStatus() {
      return CacheStatus.hit(ttlSeconds);
    }
  }

  /**
   * The application answers.
   *
   * @param why why the cache does not
   * @param store whether its answer may be stored if it is fit for that
   * @param lookup what was looked up, for {@link HttpCache#fill}
   */
  record Fetch(Forward why, boolean store, Lookup lookup) implements Decision {}

  /**
   * The application answers, and the cache takes no part.
   *
   * @param why why not
   */
  record Bypass(Forward why) implements Decision {}
}
