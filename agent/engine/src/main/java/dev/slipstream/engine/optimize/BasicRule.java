package dev.slipstream.engine.optimize;

/** A rule's name, threshold, figure and intent. */
abstract class BasicRule implements OptimizerRule {
  private final String name;
  private final Threshold threshold;
  private final Metric counted;
  private final String intent;

  /**
   * Makes one.
   *
   * @param counted the figure that should get better
   * @param intent what it would do, in words
   */
  BasicRule(String name, Threshold threshold, Metric counted, String intent) {
    this.name = name;
    this.threshold = threshold;
    this.counted = counted;
    this.intent = intent;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Threshold threshold() {
    return threshold;
  }

  @Override
  public final Metric counted() {
    return counted;
  }

  @Override
  public final String intent() {
    return intent;
  }
}
