package dev.slipstream.config;

import java.util.Objects;

/**
 * One setting as text, to be shown.
 *
 * @param name the setting's name, such as {@code cache_max_memory_mb}
 * @param value the text in effect; {@code ***} for a secret
 * @param origin where it was set, such as {@code environment CACHE_MAX_MEMORY_MB}
 */
public record SettingValue(String name, String value, String origin) {

  public SettingValue {
    Objects.requireNonNull(name);
    Objects.requireNonNull(value);
    Objects.requireNonNull(origin);
  }
}
