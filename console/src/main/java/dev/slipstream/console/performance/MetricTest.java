package dev.slipstream.console.performance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.console.targets.AgentBeans;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Gathered;
import dev.slipstream.console.targets.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.management.JMException;

/**
 * Makes a metric up at gateways for a while, and looks what their optimizers do about it.
 *
 * <p>Most rules want three samples in a row, which is 15 s with the monitoring interval as it is by
 * default. Looking ends with the first rule that enters, since rules that enter for the same metric
 * do so with the same sample, and holds no thread meanwhile.
 *
 * @param seconds how long it is made up
 * @param looking how long to look at most
 */
public record MetricTest(String metric, double value, int seconds, Duration looking) {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(PAUSE.toMillis(), MILLISECONDS);

  /** Does it; what was triggered, the newest first. */
  public CompletableFuture<Gathered<List<ActivationFigures>>> run(List<Gateway> gateways) {
    List<CompletableFuture<Reply<List<ActivationFigures>>>> tests =
        gateways.stream().map(this::at).toList();
    return CompletableFuture.allOf(tests.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                Gathered.of(
                    tests.stream().map(CompletableFuture::join).toList(),
                    found -> found.stream().flatMap(List::stream).toList()));
  }

  private CompletableFuture<Reply<List<ActivationFigures>>> at(Gateway gateway) {
    return gateway.change(this::inject).thenCompose(reply -> next(gateway, reply));
  }

  private CompletableFuture<Reply<List<ActivationFigures>>> next(
      Gateway gateway, Reply<Long> reply) {
    return reply instanceof Reply.Failed<Long> failed
        ? CompletableFuture.completedFuture(new Reply.Failed<>(gateway.name(), failed.failure()))
        : look(gateway, ((Reply.Answer<Long>) reply).value(), looking.dividedBy(PAUSE));
  }

  /** The number of the last activation before. */
  private Long inject(AgentBeans beans) throws IOException, JMException {
    long last = activations(beans).stream().mapToLong(ActivationReport::number).max().orElse(0);
    beans
        .operations(ObjectNames.OPTIMIZER, OptimizerMXBean.class)
        .injectMetric(metric, value, seconds);
    return last;
  }

  private static CompletableFuture<Reply<List<ActivationFigures>>> look(
      Gateway gateway, long after, long looks) {
    return gateway
        .read(beans -> triggered(gateway.name(), beans, after))
        .thenCompose(
            reply -> {
              boolean nothing =
                  reply instanceof Reply.Answer<List<ActivationFigures>> answer
                      && answer.value().isEmpty();
              return nothing && looks > 0
                  ? CompletableFuture.supplyAsync(() -> looks - 1, LATER)
                      .thenCompose(left -> look(gateway, after, left))
                  : CompletableFuture.completedFuture(reply);
            });
  }

  private static List<ActivationFigures> triggered(String target, AgentBeans beans, long after)
      throws IOException, JMException {
    return activations(beans).stream()
        .filter(one -> one.number() > after && !one.injected().isEmpty())
        .map(one -> ActivationFigures.of(target, one))
        .toList();
  }

  private static List<ActivationReport> activations(AgentBeans beans)
      throws IOException, JMException {
    return beans.read(ObjectNames.OPTIMIZER, OptimizerMXBean.class, "Activations").getActivations();
  }
}
