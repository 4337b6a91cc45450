package dev.slipstream.engine.profile;

/** How an exchange was answered. */
public enum Outcome {
  /** From this process's tier. */
  HIT_L1(Kind.HIT),
  /** From Redis. */
  HIT_L2(Kind.HIT),
  /** From a tier, and stale: while it is refreshed, or because the request accepts that. */
  HIT_STALE(Kind.HIT),
  /** With what another request fetched while this one waited for it: timed as a miss. */
  HIT_COLLAPSED(Kind.HIT),
  /** By the application: nothing is stored for the URL. */
  MISS_URI(Kind.MISS),
  /** By the application: what is stored is for other request fields. */
  MISS_VARY(Kind.MISS),
  /** By the application: what is stored is too old. */
  MISS_STALE(Kind.MISS),
  /** By the application: the request, or a rule's condition, wants a fresh answer. */
  MISS_REQUEST(Kind.MISS),
  /** By the application: another part of the body is stored. */
  MISS_PARTIAL(Kind.MISS),
  /** With what is stored, which the application has confirmed. */
  MISS_VALIDATED(Kind.MISS),
  /** With what is stored, and stale, since the application failed. */
  MISS_INSTEAD_OF_ERROR(Kind.MISS),
  /** By the application: the cache does not answer requests of this method. */
  BYPASS_METHOD(Kind.BYPASS),
  /** By the application: the request says who is asking. */
  BYPASS_CREDENTIALS(Kind.BYPASS),
  /** By the application: the cache only looks on. */
  BYPASS_OBSERVED(Kind.BYPASS),
  /** By the application: a rule says that nothing is cached. */
  BYPASS_RULE(Kind.BYPASS),
  /** By the application, and the cache takes no part for another reason. */
  BYPASS_OTHER(Kind.BYPASS),
  /** By nobody: the client wants only what is stored, and nothing is. */
  UNAVAILABLE(Kind.REFUSED),
  /** By nobody: the application is not asked, since it has enough to do or fails. */
  REFUSED(Kind.REFUSED),
  /** With what is stored, and stale, since the application is not asked. */
  REFUSED_STALE(Kind.REFUSED);

  /** What exchanges are counted and timed together. */
  public enum Kind {
    /** Without the application. */
    HIT,
    /** The cache might have answered and did not. */
    MISS,
    /** The cache took no part. */
    BYPASS,
    /** The application was not to be asked. */
    REFUSED
  }

  private final Kind kind;

  Outcome(Kind kind) {
    this.kind = kind;
  }

  /** What it is counted with. */
  public Kind kind() {
    return kind;
  }

  /** Whether a client was given what is stale, as far as this cache knows. */
  public boolean isStale() {
    return this == HIT_STALE || this == MISS_INSTEAD_OF_ERROR || this == REFUSED_STALE;
  }

  /** Whether the client got an error that is ours: nobody has asked the application. */
  boolean isOurError() {
    return this == REFUSED || this == UNAVAILABLE;
  }

  /** Whether its time is that of the cache alone. */
  boolean isTimedAsHit() {
    return kind == Kind.HIT && this != HIT_COLLAPSED;
  }

  /** Whether its time is that of the application. */
  boolean isTimedAsMiss() {
    return kind == Kind.MISS || kind == Kind.BYPASS || this == HIT_COLLAPSED;
  }
}
