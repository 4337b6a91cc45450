package dev.slipstream.console.targets;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the states of the gateways up to date, so that nobody who asks for them has to wait. */
public final class Monitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
  private static final int INTERVAL_SECONDS = 1;

  private final Targets targets;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, ConsoleThreads.named("monitor"));

  /** Makes a monitor that does nothing yet. */
  public Monitor(Targets targets) {
    this.targets = targets;
  }

  /** Looks now, and every second from now on. */
  public void start() {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      targets.refresh();
      for (Gateway gateway : targets.all()) {
        CompletableFuture<?> unused = gateway.probe();
      }
    } catch (RuntimeException e) {
      LOG.error("gateways could not be looked at", e);
    }
  }

  /** Stops looking, and leaves the gateways. */
  @Override
  public void close() {
    thread.shutdownNow();
    targets.all().forEach(Gateway::close);
  }
}
