package dev.slipstream.config;

import java.util.List;
import java.util.Objects;

/**
 * Settings that can be used, and what was wrong with their sources.
 *
 * @param settings complete, whatever the problems
 * @param problems in the order found; empty where all was well
 */
public record LoadedSettings(Settings settings, List<Problem> problems) {

  public LoadedSettings {
    Objects.requireNonNull(settings);
    problems = List.copyOf(problems);
  }
}
