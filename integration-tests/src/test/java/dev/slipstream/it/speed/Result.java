package dev.slipstream.it.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What was measured of a case, round by round. */
final class Result {
  /** One round: requests in a second, microseconds of the gateway's processor for each. */
  record Round(double perSecond, double cpu, double referencePerSecond, double referenceCpu) {
    double ratio() {
      return perSecond / referencePerSecond;
    }

    double cpuRatio() {
      return cpu / referenceCpu;
    }

    double added() {
      return cpu - referenceCpu;
    }
  }

  private final List<Round> rounds = new ArrayList<>();

  void add(Round round) {
    rounds.add(round);
  }

  /** Throughput as a multiple of the reference's. */
  double ratio() {
    return median(Round::ratio);
  }

  /** The processor's time of a request as a multiple of the reference's. */
  double cpuRatio() {
    return median(Round::cpuRatio);
  }

  /** The same less the reference's, in microseconds. */
  double added() {
    return median(Round::added);
  }

  double median(ToDoubleFunction<Round> figure) {
    List<Double> sorted = rounds.stream().map(figure::applyAsDouble).sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  private double least(ToDoubleFunction<Round> figure) {
    return rounds.stream().mapToDouble(figure).min().orElseThrow();
  }

  private double greatest(ToDoubleFunction<Round> figure) {
    return rounds.stream().mapToDouble(figure).max().orElseThrow();
  }

  static final List<String> HEAD =
      List.of(
          "| case | requests/s | reference | ratio | of rounds | CPU, µs | reference | added | of rounds |",
          "| --- | --- | --- | --- | --- | --- | --- | --- | --- |");

  String row(String name) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.3f | %.2f to %.2f | %.1f | %.1f | %+.1f | %+.1f to %+.1f |",
        name,
        median(Round::perSecond),
        median(Round::referencePerSecond),
        ratio(),
        least(Round::ratio),
        greatest(Round::ratio),
        median(Round::cpu),
        median(Round::referenceCpu),
        added(),
        least(Round::added),
        greatest(Round::added));
  }
}
