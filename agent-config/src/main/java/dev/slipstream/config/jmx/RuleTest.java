package dev.slipstream.config.jmx;

import java.util.Arrays;
import java.util.List;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * What the cache would do with a request now; nothing is done.
 *
 * @param rule the rule that counts; null for none
 * @param key the key that is looked up; null where none is
 * @param decision serve, serve_stale, validate, fetch (and store), pass (fetch without storing),
 *     observe, bypass or unavailable
 * @param reason why, as a sentence
 * @param ttlSeconds freshness lifetime of a 200 that states none, in seconds; null where it would
 *     not be stored
 * @param endpoint the endpoint that the request counts for: method and template
 * @param passedOver rules before it, or all where none counts, each with why it does not match
 */
public record RuleTest(
    @Nullable String rule,
    @Nullable String key,
    String decision,
    String reason,
    @Nullable Double ttlSeconds,
    String endpoint,
    List<String> passedOver) {
  /** Copies what it is made of. */
  public RuleTest {
    passedOver = List.copyOf(passedOver);
  }

  /** What {@link #rule} is, under the name that JMX looks for, as are the following. */
  public @Nullable String getRule() {
    return rule;
  }

  /** See {@link #key}. */
  public @Nullable String getKey() {
    return key;
  }

  /** See {@link #decision}. */
  public String getDecision() {
    return decision;
  }

  /** See {@link #reason}. */
  public String getReason() {
    return reason;
  }

  /** See {@link #ttlSeconds}. */
  public @Nullable Double getTtlSeconds() {
    return ttlSeconds;
  }

  /** See {@link #endpoint}. */
  public String getEndpoint() {
    return endpoint;
  }

  /** See {@link #passedOver}. */
  public List<String> getPassedOver() {
    return passedOver;
  }

  /** Rebuilds the record from what JMX sends. */
  public static RuleTest from(CompositeData data) {
    return new RuleTest(
        (String) data.get("rule"),
        (String) data.get("key"),
        (String) data.get("decision"),
        (String) data.get("reason"),
        (Double) data.get("ttlSeconds"),
        (String) data.get("endpoint"),
        Arrays.asList((String[]) data.get("passedOver")));
  }
}
