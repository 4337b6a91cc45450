package dev.slipstream.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask a gateway again and again, each on a connection it keeps, check every answer and
 * time it.
 *
 * <p>They ask in turn for what L1 has, for what L2 has and L1 has no room for, once with and once
 * without Vary, for what nobody asked for before, and for what is never stored.
 */
final class GatewayLoad implements AutoCloseable {
  private static final int CLIENTS = 8;

  /** Between two requests of a client: the gateway is busy, and not saturated. */
  private static final long PAUSE_NANOS = 1_000_000;

  private static final int HOT = 8;
  private static final int WARM = 300;
  private static final int VARIED = 50;
  private static final List<String> LANGUAGES = List.of("de", "en");
  private static final int LINES = 200;

  private final List<Thread> threads = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final AtomicInteger cold = new AtomicInteger();
  private final String contextPath;
  private final int port;
  private final boolean agentTakesPart;
  private List<Long> all = new ArrayList<>();
  private List<Long> hot = new ArrayList<>();
  private int failed;
  private volatile boolean stopped;

  GatewayLoad(int port, String contextPath) {
    this(port, contextPath, true);
  }

  /** With an answer in which the agent has no part counted as failed, or not. */
  GatewayLoad(int port, String contextPath, boolean agentTakesPart) {
    this.port = port;
    this.contextPath = contextPath;
    this.agentTakesPart = agentTakesPart;
  }

  /** A request, and the line that its answer consists of. */
  private record Ask(String target, String language, boolean isHot) {
    String body() {
      String line = target.contains("/varied") ? target + " in " + language : target;
      return (line + "\n").repeat(LINES);
    }
  }

  private Ask ask(String kind, String name, int number) {
    String language = LANGUAGES.get(number % LANGUAGES.size());
    String target = contextPath + "/url/" + kind + "?" + name + "=" + number / LANGUAGES.size();
    return new Ask(target, language, name.equals("hot"));
  }

  /** Has the gateway store what is to be found in L2. Returns the least number of entries. */
  int prepare() throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int i = 0; i < WARM; i++) {
        exchange(connection, ask("stored", "warm", 2 * i));
      }
      for (int i = 0; i < 2 * VARIED; i++) {
        exchange(connection, ask("varied", "varied", i));
      }
    }
    return WARM + 2 * VARIED;
  }

  void start() {
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      Thread thread = new Thread(() -> run(number), "client-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void run(int client) {
    SplittableRandom random = new SplittableRandom(client);
    try (HttpConnection connection = new HttpConnection(port)) {
      for (int i = client; !stopped; i++) {
        Ask ask =
            switch (i % 5) {
              case 0 -> ask("stored", "hot", random.nextInt(2 * HOT));
              case 1 -> ask("stored", "warm", random.nextInt(2 * WARM));
              case 2 -> ask("varied", "varied", random.nextInt(2 * VARIED));
              case 3 -> ask("stored", "cold", 2 * cold.incrementAndGet());
              default -> ask("not-stored", "any", i);
            };
        long begun = System.nanoTime();
        String failure = failureOf(connection, ask);
        note(ask, System.nanoTime() - begun, failure);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Why a request failed; empty where it did not. */
  private String failureOf(HttpConnection connection, Ask ask) {
    try {
      exchange(connection, ask);
      return "";
    } catch (IOException | RuntimeException | AssertionError e) {
      connection.close();
      return ask + ": " + e;
    }
  }

  private void exchange(HttpConnection connection, Ask ask) throws IOException {
    Answer answer = connection.get(ask.target, "Accept-Language: " + ask.language);
    if (answer.status() != 200 || !answer.complete() || !answer.body().equals(ask.body())) {
      String body = answer.body().substring(0, Math.min(200, answer.body().length()));
      throw new AssertionError("not its answer: " + answer.statusLine() + ", " + body);
    }
    if (agentTakesPart && answer.values("Cache-Status").isEmpty()) {
      throw new AssertionError("the agent takes no part: " + answer.fields());
    }
  }

  private synchronized void note(Ask ask, long nanos, String failure) {
    all.add(nanos);
    if (ask.isHot) {
      hot.add(nanos);
    }
    if (!failure.isEmpty()) {
      failed++;
      if (failures.size() < 10) {
        failures.add(failure);
      }
    }
  }

  /** Requests since the delays were last taken. */
  synchronized int count() {
    return all.size();
  }

  /** What requests took, in milliseconds. */
  record Delays(int count, double p50, double p99, double max) {
    private static Delays of(List<Long> nanos) {
      Collections.sort(nanos);
      return new Delays(nanos.size(), at(nanos, 0.5), at(nanos, 0.99), at(nanos, 1));
    }

    private static double at(List<Long> sorted, double share) {
      int index = Math.min(sorted.size() - 1, (int) (share * sorted.size()));
      return index < 0 ? 0 : sorted.get(index) / 1e6;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%6d requests, p50 %6.1f, p99 %6.1f, max %6.1f ms", count, p50, p99, max);
    }
  }

  /**
   * What happened since this was last asked.
   *
   * @param failed requests that had no answer, or not theirs
   * @param all the delays of all requests
   * @param hot the delays of those that L1 nearly always answers
   */
  record Figures(int failed, Delays all, Delays hot) {
    Duration max() {
      return Duration.ofNanos((long) (all.max * 1e6));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%d failed of %s; the hot: %s", failed, all, hot);
    }
  }

  synchronized Figures take() {
    Figures figures = new Figures(failed, Delays.of(all), Delays.of(hot));
    failed = 0;
    all = new ArrayList<>();
    hot = new ArrayList<>();
    return figures;
  }

  /** The first failures. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Has each client end the request it is at, and no other begin. */
  void stop() {
    stopped = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
