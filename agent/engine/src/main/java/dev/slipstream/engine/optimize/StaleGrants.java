package dev.slipstream.engine.optimize;

import dev.slipstream.engine.http.EndpointTerms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The action of {@code enhanced_caching}: stale answers while they are refreshed. */
final class StaleGrants {
  /** The longest grant; the cache caps it at the answer's own freshness lifetime, too. */
  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final long STEP_MILLIS = Duration.ofSeconds(5).toMillis();

  private final EndpointTerms terms;
  private final StalenessBudget budget;

  StaleGrants(EndpointTerms terms, StalenessBudget budget) {
    this.terms = terms;
    this.budget = budget;
  }

  Action grant(Reading reading) {
    return new Granted(reading);
  }

  private static long millis(double severity) {
    long range = LONGEST.toMillis() - SHORTEST.toMillis();
    return SHORTEST.toMillis() + (long) (severity * range);
  }

  private final class Granted implements Action {
    private final String endpoint;
    private long millis;
    private final @Nullable Runnable lower;

    Granted(Reading reading) {
      endpoint = reading.subject();
      millis = millis(reading.severity());
      lower = budget.raise(endpoint);
      terms.change(endpoint, now -> now.withStaleMillis(millis));
    }

    @Override
    public void adjust(Reading reading) {
      long next = millis(reading.severity());
      if (Math.abs(next - millis) >= STEP_MILLIS) {
        millis = next;
        terms.change(endpoint, now -> now.withStaleMillis(next));
      }
    }

    @Override
    public String what() {
      return (lower == null ? "" : "staleness budget raised, ")
          + "stale answers up to "
          + millis / 1_000
          + " s while they are refreshed";
    }

    @Override
    public void undo() {
      terms.change(endpoint, now -> now.withStaleMillis(0));
      if (lower != null) {
        lower.run();
      }
    }
  }
}
