package com.example.cache;

import java.util.concurrent.atomic.AtomicInteger;

/** A class that knows nothing of caches. */
final class Plain {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private Plain() {}

  static String say(String scenario) {
    int before = RUNS.get();
    return scenario.equals("runs")
        ? runs("a") + " " + runs("a") + " " + runs("b")
        : length("x") - before + " " + (length("x") - before);
  }

  private static String runs(String name) {
    return name + RUNS.incrementAndGet();
  }

  private static int length(String text) {
    return RUNS.incrementAndGet();
  }
}
