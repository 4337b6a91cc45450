package dev.slipstream.engine.optimize;

import java.util.ArrayList;
import java.util.List;

/** A rule that acts on the processor load, and counts what is undone. */
class FakeRule implements OptimizerRule {
  final Threshold threshold = Threshold.percent(90);
  final List<String> log = new ArrayList<>();
  int acted;
  int undone;
  int adjusted;
  Metric counted = Metric.CPU;
  String name = "fake";
  boolean protective;
  Throwable onReading;
  Throwable onAct;
  Error onActFatally;
  Throwable onUndo;

  private static void toss(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Threshold threshold() {
    return threshold;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    toss(onReading);
    return List.of(Reading.of(Metric.CPU, measured, threshold, 100));
  }

  @Override
  public Action act(Reading reading, Level limits) {
    toss(onAct);
    toss(onActFatally);
    acted++;
    boolean[] gone = {false};
    return new Action() {
      @Override
      public String what() {
        return "acted";
      }

      @Override
      public void adjust(Reading now) {
        adjusted++;
      }

      @Override
      public void undo() {
        toss(onUndo);
        if (gone[0]) {
          throw new AssertionError("undone twice");
        }
        gone[0] = true;
        undone++;
      }
    };
  }

  @Override
  public String intent() {
    return "act";
  }

  @Override
  public boolean isProtective() {
    return protective;
  }

  @Override
  public Metric counted() {
    return counted;
  }
}
