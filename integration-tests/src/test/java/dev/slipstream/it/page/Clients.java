package dev.slipstream.it.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of the sample gateway: some 40 requests a second, for as long as they are open. */
final class Clients implements AutoCloseable {
  private static final List<String> PATHS =
      List.of(
          "/users/%d",
          "/users/%d",
          "/users/%d",
          "/users?page=%d",
          "/api/v1/generate/code?framework=%d",
          "/api/v1/services/stats",
          "/api/v1/alerts",
          "/backend/calls");

  private static final int DIFFERENT = 24;
  private static final int PERIOD_MILLIS = 25;

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final AtomicInteger sent = new AtomicInteger();
  private final int port;

  private Clients(int port) {
    this.port = port;
  }

  static Clients of(int port) {
    Clients clients = new Clients(port);
    ScheduledFuture<?> unused =
        clients.timer.scheduleAtFixedRate(clients::send, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return clients;
  }

  private void send() {
    int number = sent.incrementAndGet();
    String path =
        String.format(Locale.ROOT, PATHS.get(number % PATHS.size()), number * 7 % DIFFERENT);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // the gateway is away in one of the tests
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
