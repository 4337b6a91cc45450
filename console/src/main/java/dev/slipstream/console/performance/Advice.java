package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.RecommendationReport;
import dev.slipstream.console.merge.Weighted;
import dev.slipstream.console.merge.Wire;
import dev.slipstream.console.targets.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What operators should change at some gateways.
 *
 * @param recommendations the severest first
 * @param overallScore how well the gateways do, 0 to 1, weighted by requests; null before one was
 *     measured
 * @param priorityActions the weightiest, each as a line
 */
public record Advice(
    List<Recommendation> recommendations,
    @Nullable Double overallScore,
    List<String> priorityActions) {
  private static final List<String> SEVERITIES = List.of("critical", "warning", "info");
  private static final int PRIORITIES = 3;

  /**
   * What to change, and why.
   *
   * @param severity critical, warning or info
   * @param suggestions the line of configuration to change, and what is to be expected of it
   * @param evidence what was measured
   * @param change the line of configuration to change; null where there is none
   * @param expected what is to be expected of it
   * @param gateways those it is recommended for
   */
  public record Recommendation(
      String type,
      String severity,
      String message,
      List<String> suggestions,
      String evidence,
      @Nullable String change,
      String expected,
      List<String> gateways) {}

  /** What one gateway's optimizer recommends, and how many requests its score is of. */
  record Part(OptimizerReading optimizer, long requests) {}

  static Advice of(List<Reply.Answer<Part>> parts) {
    return new Advice(
        recommendations(parts),
        Weighted.mean(parts, one -> one.value().optimizer().score(), one -> one.value().requests()),
        parts.stream()
            .flatMap(one -> one.value().optimizer().priorityActions().stream())
            .distinct()
            .limit(PRIORITIES)
            .toList());
  }

  private static List<Recommendation> recommendations(List<Reply.Answer<Part>> parts) {
    Map<RecommendationReport, List<String>> gateways = new LinkedHashMap<>();
    for (Reply.Answer<Part> part : parts) {
      for (RecommendationReport report : part.value().optimizer().recommendations()) {
        gateways.computeIfAbsent(report, same -> new ArrayList<>()).add(part.target());
      }
    }
    return gateways.entrySet().stream()
        .map(one -> recommendation(one.getKey(), one.getValue()))
        .sorted(Comparator.comparingInt(Advice::order))
        .toList();
  }

  private static int order(Recommendation one) {
    int index = SEVERITIES.indexOf(one.severity());
    return index < 0 ? SEVERITIES.size() : index;
  }

  private static Recommendation recommendation(RecommendationReport report, List<String> gateways) {
    return new Recommendation(
        report.type(),
        report.severity(),
        report.message(),
        Stream.of(report.change(), report.expected()).filter(text -> !text.isEmpty()).toList(),
        report.evidence(),
        Wire.text(report.change()),
        report.expected(),
        List.copyOf(gateways));
  }
}
