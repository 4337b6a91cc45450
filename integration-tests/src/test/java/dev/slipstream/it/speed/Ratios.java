package dev.slipstream.it.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of what cases cost as multiples of what they are compared with: that is the same on other
 * machines, more or less, where microseconds are not.
 */
final class Ratios {
  /** What comes with the sources. */
  static final Path RECORDED = Path.of("src", "test", "speed", "recorded-ratios.json");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Ratios() {}

  static void write(Path file, Map<String, Result> results) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    results.forEach(
        (name, result) ->
            all.putObject(name)
                .put("throughput", rounded(result.ratio()))
                .put("cpu", rounded(result.cpuRatio()))
                .put("added_cpu_micros", rounded(result.added())));
    JSON.writeValue(file.toFile(), all);
  }

  /**
   * What has become worse than a file says.
   *
   * @param tolerance by how much a ratio may be worse, as a share of it
   */
  static List<String> worse(Path file, Map<String, Result> results, double tolerance)
      throws IOException {
    ObjectNode recorded = (ObjectNode) JSON.readTree(file.toFile());
    List<String> worse = new ArrayList<>();
    results.forEach(
        (name, result) -> {
          if (!recorded.has(name)) {
            return;
          }
          double throughput = recorded.get(name).get("throughput").asDouble();
          double cpu = recorded.get(name).get("cpu").asDouble();
          if (result.ratio() < throughput * (1 - tolerance)) {
            worse.add(said(name, "throughput", result.ratio(), throughput));
          }
          if (result.cpuRatio() > cpu * (1 + tolerance)) {
            worse.add(said(name, "processor's time", result.cpuRatio(), cpu));
          }
        });
    return worse;
  }

  private static String said(String name, String what, double now, double recorded) {
    return String.format(
        Locale.ROOT, "%s: %s %.3f of the reference's, recorded %.3f", name, what, now, recorded);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
