package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipstream.console.history.LiveSamples;
import dev.slipstream.console.performance.PerformanceStatus;
import dev.slipstream.console.targets.ConsoleThreads;
import dev.slipstream.console.targets.Gateway;
import dev.slipstream.console.targets.Replies;
import dev.slipstream.console.targets.Targets;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients every 2 s how gateways do (Server-Sent Events). Asks each gateway once, however
 * many clients there are, and none while there is no client.
 */
final class LiveFeed implements AutoCloseable {
  private static final int MOST_CLIENTS = 64;
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final int INTERVAL_SECONDS = 2;

  /** Every 10 s. */
  private static final int TICKS_TO_HEARTBEAT = 5;

  private static final byte[] HELLO = "retry: 2000\n\n".getBytes(UTF_8);
  private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(UTF_8);

  private final Targets targets;
  private final InstantSource clock;
  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MOST_CLIENTS);
  private final LiveSamples samples = new LiveSamples();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, ConsoleThreads.named("live"));
  private int ticks;

  LiveFeed(Targets targets, InstantSource clock) {
    this.targets = targets;
    this.clock = clock;
  }

  void start() {
    ScheduledFuture<?> unused =
        thread.scheduleAtFixedRate(
            this::tick, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Sends to a client from now on, until it goes or is admitted no more.
   *
   * @param admitted whether it may still be told, which a token that is taken out ends
   * @throws ProblemException if there are too many
   */
  void add(Context context, @Nullable String target, BooleanSupplier admitted) throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          Problem.of(
              "too-many-clients",
              "Too many clients watch",
              503,
              "at most " + MOST_CLIENTS + " are told what happens; try again later"));
    }
    LiveClient client;
    try {
      client = LiveClient.of(target, admitted, context.req(), context.res());
    } catch (IOException | RuntimeException e) {
      places.release();
      throw e;
    }
    clients.add(client);
    CompletableFuture<?> left = client.ended().thenRun(() -> left(client));
    client.send(HELLO);
    context.future(() -> left);
  }

  private void left(LiveClient client) {
    clients.remove(client);
    places.release();
  }

  private void tick() {
    try {
      if (clients.isEmpty()) {
        samples.clear();
        return;
      }
      look();
      Map<@Nullable String, byte[]> events = new HashMap<>();
      Instant now = clock.instant();
      for (LiveClient client : clients) {
        client.send(events.computeIfAbsent(client.target(), target -> events(target, now)));
      }
      if (++ticks % TICKS_TO_HEARTBEAT == 0) {
        clients.forEach(client -> client.beat(HEARTBEAT));
      }
    } catch (RuntimeException e) {
      LOG.error("clients could not be told how gateways do", e);
    }
  }

  private void look() {
    boolean all = clients.stream().anyMatch(client -> client.target() == null);
    List<Gateway> gateways =
        targets.all().stream().filter(gateway -> all || isAskedFor(gateway)).toList();
    boolean merging = all && gateways.size() > 1;
    samples.next(
        Replies.values(
            Replies.of(
                gateways,
                gateway ->
                    gateway.read(
                        beans -> LiveSamples.Seen.from(gateway.name(), beans, merging, clock)))));
  }

  private boolean isAskedFor(Gateway gateway) {
    return clients.stream().anyMatch(client -> gateway.name().equals(client.target()));
  }

  private byte[] events(@Nullable String target, Instant now) {
    List<TargetLine> lines = targets.all().stream().map(TargetLine::of).toList();
    StringBuilder events = new StringBuilder();
    append(
        events,
        "sample",
        new LiveEvent(
            Answers.text(now), lines, samples.point(target, now), samples.status(target)));
    samples.activations(target).forEach(one -> append(events, "activation", one));
    return events.toString().getBytes(UTF_8);
  }

  /** JSON is written without line breaks, so each event is of one data line. */
  private static void append(StringBuilder events, String name, Object data) {
    events
        .append("event: ")
        .append(name)
        .append("\ndata: ")
        .append(new String(Json.bytes(Json.MAPPER.valueToTree(data)), UTF_8))
        .append("\n\n");
  }

  @Override
  public void close() {
    thread.shutdownNow();
    clients.forEach(LiveClient::end);
  }

  /** The data of the event {@code sample}; the last two are null where no gateway answered. */
  private record LiveEvent(
      String timestamp,
      List<TargetLine> targets,
      @Nullable Map<String, @Nullable Number> point,
      @Nullable PerformanceStatus status) {}
}
