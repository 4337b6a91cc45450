package dev.slipstream.console.performance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipstream.config.jmx.EndpointLearning;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.LearningMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.targets.AgentBeans;
import dev.slipstream.console.targets.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of some gateways.
 *
 * @param endpoint null where no gateway has it
 * @param learning what each gateway has learned of it
 */
public record EndpointDetail(@Nullable Figures endpoint, List<Learned> learning) {

  /** How it does, and how its exchanges were answered since the start. */
  public record Figures(@JsonUnwrapped EndpointFigures figures, Map<String, Long> outcomes) {}

  /** What a gateway has learned of it. */
  public record Learned(String target, @JsonUnwrapped EndpointLearning learning) {

    /** What gateways have learned, each that has learned something. */
    static List<Learned> of(List<Reply.Answer<List<EndpointLearning>>> answers) {
      return answers.stream()
          .flatMap(answer -> answer.value().stream().map(one -> new Learned(answer.target(), one)))
          .toList();
    }
  }

  /** What one gateway says. */
  record Part(EndpointsReading endpoints, List<EndpointLearning> learning) {
    static Part from(AgentBeans beans, String name, boolean merging)
        throws IOException, JMException {
      return new Part(EndpointsReading.ofAll(beans, merging), learned(beans, name));
    }
  }

  /**
   * What a gateway has learned.
   *
   * @param endpoint of this one; null for all
   */
  static List<EndpointLearning> learned(AgentBeans beans, @Nullable String endpoint)
      throws IOException, JMException {
    return beans
        .read(ObjectNames.LEARNING, LearningMXBean.class, "Endpoints")
        .getEndpoints()
        .stream()
        .filter(one -> endpoint == null || one.endpoint().equals(endpoint))
        .toList();
  }

  static EndpointDetail of(String name, List<Reply.Answer<Part>> answers) {
    List<EndpointsReading> readings = answers.stream().map(one -> one.value().endpoints()).toList();
    List<EndpointReport> reports =
        readings.stream()
            .flatMap(one -> one.endpoints().stream())
            .filter(one -> one.endpoint().equals(name))
            .toList();
    EndpointFigures figures =
        EndpointFigures.each(readings).stream()
            .filter(one -> one.endpoint().equals(name))
            .findFirst()
            .orElse(null);
    return new EndpointDetail(
        figures == null
            ? null
            : new Figures(figures, Sums.byName(reports, EndpointReport::outcomes)),
        Learned.of(
            answers.stream()
                .map(one -> new Reply.Answer<>(one.target(), one.value().learning()))
                .toList()));
  }
}
