package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is left of the agent in a gateway that it was taken out of.
 *
 * <p>The gateway has to be one that clears soft references ({@code -XX:SoftRefLRUPolicyMSPerMB=0}):
 * a JDK newer than 18 holds the class by one that a method of a record was last linked for.
 */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern OURS =
      Pattern.compile(
          "(\\[L)?(dev\\.slipstream(?!\\.api\\.)|org\\.objectweb|com\\.github\\.benmanes|redis\\.clients"
              + "|org\\.snakeyaml)\\..*");

  private Leftovers() {}

  /** Waits until neither classes nor threads are left, those excepted that nothing can unload. */
  static void awaitNone(ManagementClient management) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(management.threads("slipstream-")).isEmpty());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ofOurs(management.classHistogram())).isEmpty());
  }

  private static List<String> ofOurs(List<String> histogram) {
    return histogram.stream()
        .map(line -> line.strip().replaceFirst("^\\d+:\\s+\\d+\\s+\\d+\\s+", ""))
        .filter(name -> OURS.matcher(name).matches())
        .toList();
  }
}
