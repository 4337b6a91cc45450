package dev.slipstream.config.jmx;

import java.util.Arrays;
import java.util.List;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * A cache rule that is in force, or is switched off.
 *
 * @param order its place, from 1: the first enabled one that matches counts
 * @param name its name
 * @param pattern the paths it is for
 * @param methods the methods it is for
 * @param mode serve, observe or pass
 * @param ttlSeconds freshness lifetime, in seconds; null for that of the setting {@code
 *     cache_default_ttl}
 * @param priority which requests are refused first where not all can be answered
 * @param tags tags of each entry
 * @param yaml the rule as it is written
 * @param line the line of the file that it begins in; 0 where it comes with the agent
 * @param enabled false: it is skipped
 */
public record RuleReport(
    int order,
    String name,
    String pattern,
    List<String> methods,
    String mode,
    @Nullable Double ttlSeconds,
    String priority,
    List<String> tags,
    String yaml,
    int line,
    boolean enabled) {
  /** Copies what it is made of. */
  public RuleReport {
    methods = List.copyOf(methods);
    tags = List.copyOf(tags);
  }

  /** What {@link #order} is, under the name that JMX looks for, as are the following. */
  public int getOrder() {
    return order;
  }

  /** See {@link #name}. */
  public String getName() {
    return name;
  }

  /** See {@link #pattern}. */
  public String getPattern() {
    return pattern;
  }

  /** See {@link #methods}. */
  public List<String> getMethods() {
    return methods;
  }

  /** See {@link #mode}. */
  public String getMode() {
    return mode;
  }

  /** See {@link #ttlSeconds}. */
  public @Nullable Double getTtlSeconds() {
    return ttlSeconds;
  }

  /** See {@link #priority}. */
  public String getPriority() {
    return priority;
  }

  /** See {@link #tags}. */
  public List<String> getTags() {
    return tags;
  }

  /** See {@link #yaml}. */
  public String getYaml() {
    return yaml;
  }

  /** See {@link #line}. */
  public int getLine() {
    return line;
  }

  /** See {@link #enabled}. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Rebuilds the record from what JMX sends. */
  public static RuleReport from(CompositeData data) {
    return new RuleReport(
        (Integer) data.get("order"),
        (String) data.get("name"),
        (String) data.get("pattern"),
        Arrays.asList((String[]) data.get("methods")),
        (String) data.get("mode"),
        (Double) data.get("ttlSeconds"),
        (String) data.get("priority"),
        Arrays.asList((String[]) data.get("tags")),
        (String) data.get("yaml"),
        (Integer) data.get("line"),
        (Boolean) data.get("enabled"));
  }
}
