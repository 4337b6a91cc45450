package dev.slipstream.it.beyond;

/** How a gateway is set up. */
enum Setup {
  /** It serves, and may be purged. */
  SERVING("purge_token=" + Setup.PURGE_TOKEN + ",coalescing_wait=20s"),
  /** It observes, whatever rules say. */
  OBSERVING("cache_mode=observe"),
  /** It serves, with what is on by default turned off, and the other way round. */
  OTHERWISE("tag_fields=none,coalescing_wait=300ms,max_variants=3"),
  /** It has no agent. */
  ALONE("");

  static final String PURGE_TOKEN = "a-token-of-16-and-more";

  private final String agentOptions;

  Setup(String agentOptions) {
    this.agentOptions = agentOptions;
  }

  /** The agent's options, separated by commas. */
  String agentOptions() {
    return agentOptions;
  }
}
