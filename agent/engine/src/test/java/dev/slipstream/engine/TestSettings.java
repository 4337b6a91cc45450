package dev.slipstream.engine;

import dev.slipstream.config.LoadedSettings;
import dev.slipstream.config.Settings;
import dev.slipstream.config.SettingsLoader;
import java.util.List;
import java.util.Map;

/** Settings for tests: the defaults, and what a test sets. */
public final class TestSettings {
  private TestSettings() {}

  /** The defaults but for these, each as {@code key=value}. */
  public static Settings with(String... arguments) {
    LoadedSettings loaded =
        SettingsLoader.load(String.join(",", List.of(arguments)), Map.of(), Map.of());
    if (!loaded.problems().isEmpty()) {
      throw new IllegalArgumentException(loaded.problems().toString());
    }
    return loaded.settings();
  }
}
