package dev.slipstream.servlet;

import org.jspecify.annotations.Nullable;

/**
 * What a background run used that a snapshot cannot give; one of these belongs to one run.
 *
 * <p>An application may catch what is thrown at it: what was noted here counts all the same.
 */
final class Fidelity {
  private volatile @Nullable String lost;
  private volatile @Nullable String doubt;

  /** Gives the run up. The exception is for the application. */
  UnsupportedOperationException lose(String what) {
    if (lost == null) {
      lost = what;
    }
    return new UnsupportedOperationException("not while Slipstream refreshes an answer: " + what);
  }

  /** The application was told something else than usual: a failure may come of that. */
  void doubt(String what) {
    if (doubt == null) {
      doubt = what;
    }
  }

  /** What the run was given up for; null if for nothing. */
  @Nullable String lost(boolean failed) {
    return lost == null && failed ? doubt : lost;
  }
}
