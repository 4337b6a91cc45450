package dev.slipstream.engine.optimize;

import java.util.List;

/** {@code high_cpu_gc}: asks for a collection while the processor is busy, where that can help. */
final class HighCpuRule extends BasicRule {
  private final GcRelief relief;
  private Measurements latest = Measurements.at(0).build();

  HighCpuRule(double percent, GcRelief relief) {
    super(
        "high_cpu_gc", Threshold.percent(percent), Metric.CPU, "ask for a collection if it helps");
    this.relief = relief;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    latest = measured;
    return List.of(Reading.of(Metric.CPU, measured, threshold(), 100));
  }

  @Override
  public Action act(Reading reading, Level limits) {
    return new Relieved(relief.ask(latest));
  }

  private final class Relieved implements Action {
    private String what;
    private long collections = relief.collections();

    Relieved(String what) {
      this.what = what;
    }

    @Override
    public String what() {
      return what;
    }

    @Override
    public void adjust(Reading reading) {
      if (reading.position() == Position.OVER) {
        String now = relief.ask(latest);
        if (relief.collections() > collections) {
          collections = relief.collections();
          what = now;
        }
      }
    }

    @Override
    public void undo() {} // a collection is over by itself
  }
}
