package com.example.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All scenarios, by name. */
public final class Scenarios {
  static final String MAX_AGE = "max-age=600";

  private static final Map<String, Scenario> BY_NAME = new LinkedHashMap<>();

  static {
    Stream.of(
            WriterScenarios.all(),
            StreamScenarios.all(),
            BufferScenarios.all(),
            StatusScenarios.all(),
            FieldScenarios.all(),
            FlowScenarios.all(),
            NonBlockingScenarios.all())
        .flatMap(List::stream)
        .forEach(
            scenario -> {
              if (BY_NAME.put(scenario.name(), scenario) != null) {
                throw new IllegalStateException("two scenarios named " + scenario);
              }
            });
  }

  private Scenarios() {}

  public static List<Scenario> all() {
    return List.copyOf(BY_NAME.values());
  }

  public static Scenario named(String name) {
    Scenario scenario = BY_NAME.get(name);
    if (scenario == null) {
      throw new IllegalArgumentException("no scenario " + name);
    }
    return scenario;
  }
}
