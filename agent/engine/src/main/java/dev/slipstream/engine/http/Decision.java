package dev.slipstream.engine.http;

import dev.slipstream.engine.admit.TurnedAway;
import dev.slipstream.engine.profile.Outcome;
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
   * @param outcome how the exchange is counted
   */
  record Serve(
      StoredResponse response,
      Content content,
      long ageSeconds,
      long ttlSeconds,
      String cacheStatus,
      @Nullable Fetch refresh,
      Outcome outcome)
      implements Decision {

    /** The same for now: nobody asks the application in the background. */
    public Serve withoutRefresh() {
      return new Serve(response, content, ageSeconds, ttlSeconds, cacheStatus, null, outcome);
    }

    /** From memory. */
    Serve(
        StoredResponse response,
        Content content,
        long ageSeconds,
        long ttlSeconds,
        String cacheStatus,
        @Nullable Fetch refresh) {
      this(
          response,
          content,
          ageSeconds,
          ttlSeconds,
          cacheStatus,
          refresh,
          ttlSeconds < 0 ? Outcome.HIT_STALE : Outcome.HIT_L1);
    }

    Serve withCacheStatus(String value) {
      return new Serve(response, content, ageSeconds, ttlSeconds, value, refresh, outcome);
    }

    /** The same, from Redis. */
    Serve fromRedis() {
      return outcome == Outcome.HIT_L1
          ? new Serve(
              response, content, ageSeconds, ttlSeconds, cacheStatus, refresh, Outcome.HIT_L2)
          : this;
    }

    /** The same, fetched by another request while this one waited. */
    Serve collapsed(Forward why) {
      return new Serve(
          response,
          content,
          ageSeconds,
          ttlSeconds,
          CacheStatus.collapsed(why, ttlSeconds),
          null,
          Outcome.HIT_COLLAPSED);
    }
  }

  /**
   * The application answers.
   *
   * @param why why the cache does not
   * @param store whether its answer may be stored if it is fit for that
   * @param lookup what was looked up, for {@link HttpCache#fill}
   * @param validation what is stored but has to be confirmed, or null
   * @param flight those who wait for what is stored of the answer, or null
   * @param turnedAway why the application is not asked after all: the request that this one has
   *     waited for was turned away; else null
   */
  record Fetch(
      Forward why,
      boolean store,
      Lookup lookup,
      @Nullable Validation validation,
      Flights.@Nullable Flight flight,
      @Nullable TurnedAway turnedAway)
      implements Decision {

    /** Without anybody who waits. */
    Fetch(Forward why, boolean store, Lookup lookup, @Nullable Validation validation) {
      this(why, store, lookup, validation, null, null);
    }

    /** Lets those go who wait, if they still do: nothing more comes of this request. */
    public void release() {
      if (flight != null) {
        flight.land(false);
      }
    }

    /** The same for those who wait, where this request was turned away: so are they. */
    void release(TurnedAway reason) {
      if (flight != null) {
        flight.turnAway(reason);
      }
    }

    Fetch turnedAway(TurnedAway reason) {
      return new Fetch(why, store, lookup, validation, null, reason);
    }

    Fetch awaitedBy(Flights.@Nullable Flight flight) {
      return new Fetch(why, store, lookup, validation, flight, null);
    }
  }

  /** Nobody answers: the client wants only what is stored, and nothing is. Status 504. */
  record Unavailable() implements Decision {
    /** The Cache-Status field's value. */
    public String cacheStatus() {
      return CacheStatus.detail("only-if-cached");
    }
  }

  /**
   * The application answers as if the cache were not there, which looks on.
   *
   * @param observed what is looked at; null where the cache would take no part either
   */
  record Observe(@Nullable Observed observed) implements Decision {}

  /**
   * The application answers, and its answer is not looked at: those before were not fit to be
   * stored.
   *
   * @param identified whether the request says who is asking
   */
  record Pass(boolean identified) implements Decision {
    private static final Pass ANYBODYS = new Pass(false);
    private static final Pass SOMEBODYS = new Pass(true);

    static Pass of(boolean identified) {
      return identified ? SOMEBODYS : ANYBODYS;
    }
  }

  /**
   * The application answers, and the cache takes no part.
   *
   * @param why why not
   */
  record Bypass(Forward why) implements Decision {}
}
