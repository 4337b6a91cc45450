package dev.slipstream.engine.learn;

/**
 * How often in a row an answer was the same when it was fetched again. What comes next is learned
 * for runs of like lengths together.
 */
final class Run {
  /** It was fetched for the first time. */
  static final int UNKNOWN = -1;

  /** It had changed the last time. */
  static final int CHANGED = 0;

  /** Of unknown runs, of none, 1, 2, 3 and 4, 5 to 8 and so on, the last of 65 and more. */
  static final int CLASSES = 10;

  private static final int LONGEST = 1_000_000;

  private Run() {}

  /** Which of the classes a run is in; 0 is of unknown ones. */
  static int classOf(int run) {
    if (run <= 2) {
      return run + 1;
    }
    return Math.min(CLASSES - 1, 2 + Integer.SIZE - Integer.numberOfLeadingZeros(run - 1));
  }

  /** The run after one more look. */
  static int after(int run, boolean changed) {
    return changed ? CHANGED : Math.min(LONGEST, Math.max(0, run) + 1);
  }
}
