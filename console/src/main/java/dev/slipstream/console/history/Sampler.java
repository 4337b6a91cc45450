package dev.slipstream.console.history;

import dev.slipstream.console.targets.ConsoleThreads;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Reply;
import dev.slipstream.console.targets.Targets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the history: asks every gateway each 5 s. One that hangs has no point, and delays none. */
public final class Sampler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

  private final Targets targets;
  private final History history;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, ConsoleThreads.named("sampler"));

  /** Makes one that does nothing yet. */
  public Sampler(Targets targets, History history, InstantSource clock) {
    this.targets = targets;
    this.history = history;
    this.clock = clock;
  }

  /** Asks from now on. */
  public void start() {
    ScheduledFuture<?> unused =
        thread.scheduleAtFixedRate(this::sample, 0, History.STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sample() {
    try {
      List<Gateway> gateways = targets.all();
      boolean merging = gateways.size() > 1;
      List<Reply<Sample>> replies =
          Replies.of(
              gateways, gateway -> gateway.read(beans -> Sample.from(beans, merging, clock)));
      Map<String, Sample> samples = new LinkedHashMap<>();
      Replies.answers(replies).forEach(answer -> samples.put(answer.target(), answer.value()));
      history.add(samples, clock.instant());
    } catch (RuntimeException e) {
      LOG.error("gateways could not be sampled", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
