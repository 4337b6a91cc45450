package dev.slipstream.engine.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against caching an endpoint's answers, as far as it was seen.
 *
 * @param against why nobody should; null where nothing was seen that forbids it
 * @param risks what whoever does is to look at first
 */
public record Caution(@Nullable String against, List<String> risks) {
  /** Nothing was seen of the endpoint, so nothing can be said for it. */
  public static final Caution UNKNOWN =
      new Caution("nothing is known of whether its answers are somebody's own", List.of());

  public Caution {
    risks = List.copyOf(risks);
  }
}
