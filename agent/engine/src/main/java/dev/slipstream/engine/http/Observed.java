package dev.slipstream.engine.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request that the cache only observes: the application answers as if the cache were not there,
 * and afterwards what the cache would have answered is compared with it.
 */
public final class Observed {
  private final Observations observations;
  private final Decision decision;
  private final Lookup lookup;
  private final String identity;

  /**
   * Notes what the cache would do.
   *
   * @param decision what it would do
   * @param identity who is asking, empty for nobody in particular
   */
  Observed(Observations observations, Decision decision, Lookup lookup, String identity) {
    this.observations = observations;
    this.decision = decision;
    this.lookup = lookup;
    this.identity = identity;
  }

  Decision decision() {
    return decision;
  }

  Lookup lookup() {
    return lookup;
  }

  /** The application has answered with a body that was seen whole. */
  void answered(int status, byte[] body, long nanos) {
    observations.answered(lookup.request().method(), lookup.request().path());
    StoredResponse stored = wouldServe();
    if (stored != null && stored.isWhole()) {
      // A 304 or a part says that the client's own request chose what to compare.
      boolean chosen = status == 304 || status == 206 || status == 416;
      boolean same = chosen || (stored.status() == status && Arrays.equals(stored.body(), body));
      boolean others = !identity.equals(observations.identityOf(lookup.foundUnder()));
      observations.wouldHaveHit(
          lookup.request().method(), lookup.request().path(), same, others, body.length, nanos);
    }
  }

  /** The answer is stored: whose it was is remembered, to tell leaks. */
  void stored(String key) {
    observations.filled(key, identity);
  }

  private @Nullable StoredResponse wouldServe() {
    return decision instanceof Decision.Serve serve ? serve.response() : null;
  }
}
