package dev.slipstream.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask a gateway again and again, each on a connection it keeps, check every answer.
 *
 * <p>They ask in turn for what is asked for often, and seldom, without and with Vary, for what
 * nobody asked for before, and for what is never stored.
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
  private int count;
  private volatile boolean stopped;

  GatewayLoad(int port, String contextPath) {
    this.port = port;
    this.contextPath = contextPath;
  }

  /** A request, and the line that its answer consists of. */
  private record Ask(String target, String language) {
    String body() {
      String line = target.contains("/varied") ? target + " in " + language : target;
      return (line + "\n").repeat(LINES);
    }
  }

  private Ask ask(String kind, String name, int number) {
    String language = LANGUAGES.get(number % LANGUAGES.size());
    String target = contextPath + "/url/" + kind + "?" + name + "=" + number / LANGUAGES.size();
    return new Ask(target, language);
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
        note(failureOf(connection, ask));
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
  }

  private synchronized void note(String failure) {
    count++;
    if (!failure.isEmpty() && failures.size() < 10) {
      failures.add(failure);
    }
  }

  /** Requests so far. */
  synchronized int count() {
    return count;
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
