package dev.slipstream.config;

import java.util.ArrayList;
import java.util.List;

/** A bounded list of problems in the making; those over the bound are counted, not kept. */
public final class Problems {

  private static final int LIMIT = 20;

  private final String source;
  private final List<Problem> problems = new ArrayList<>();
  private int dropped;

  /**
   * Makes an empty list.
   *
   * @param source where the problems come from, to name it when some had to be dropped
   */
  public Problems(String source) {
    this.source = source;
  }

  /** Adds a problem, or counts it where there are 20 already. */
  public void add(Problem problem) {
    if (problems.size() < LIMIT) {
      problems.add(problem);
    } else {
      dropped++;
    }
  }

  /** Returns whether nothing was added. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Returns the problems in the order found, the last one telling how many were left out. */
  public List<Problem> toList() {
    if (dropped == 0) {
      return List.copyOf(problems);
    }
    List<Problem> all = new ArrayList<>(problems);
    all.add(
        new Problem(
            source,
            dropped + " more problems",
            "see the first " + LIMIT,
            "they are not listed here"));
    return List.copyOf(all);
  }
}
