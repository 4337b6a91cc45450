package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.KeyListing;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console under those who mean harm: it goes on answering everyone else. */
class SiegeTest {
  private static final int BAD_REQUESTS = 10_000;
  private static final int CONNECTIONS = 4;
  private static final long SEED = 8;

  private FakeGateway gateway;
  private FakeConsole console;

  @BeforeEach
  void start() throws Exception {
    gateway =
        FakeGateway.with(
            new FakeAgent()
                .with(
                    CacheMXBean.class,
                    "search",
                    (FakeAgent.Operation) any -> new KeyListing(List.of(), true)));
    console = FakeConsole.reading(gateway.called("one")).awaitUp();
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
    gateway.close();
  }

  @Test
  void slowConnections_keepNobodyFromBeingAnswered_andAreClosed() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        slow.add(connect());
      }
      for (Socket socket : slow.subList(0, 300)) {
        socket.getOutputStream().write("GET /api/v1/health HTTP/1.1\r\nHost: lo".getBytes(UTF_8));
      }
      for (Socket socket : slow.subList(300, 400)) {
        socket
            .getOutputStream()
            .write(
                ("POST /api/v1/cache/invalidate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000"
                        + "\r\nContent-Type: application/json\r\n\r\n{")
                    .getBytes(UTF_8));
      }
      for (int i = 0; i < 10; i++) {
        trickle(slow);
        long start = System.nanoTime();
        assertThat(console.api().get("/api/v1/cache/stats").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                trickle(slow);
                return slow.stream().allMatch(SiegeTest::isClosed);
              });
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** A further byte now and then, as slow-loris sends it. */
  private static void trickle(List<Socket> slow) {
    for (Socket socket : slow.subList(0, 300)) {
      try {
        socket.getOutputStream().write('c');
      } catch (IOException e) {
        // Closed already.
      }
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      InputStream stream = socket.getInputStream();
      while (stream.read() >= 0) {
        // What it was answered.
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Bodies that those who may send one send slowly hold no thread for long. */
  @Test
  void slowBodies_ofAnOperator_endInTime() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = connect();
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                ("POST /api/v1/cache/invalidate HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + FakeConsole.TOKEN
                        + "\r\nContent-Length: 60000\r\nContent-Type: application/json\r\n\r\n{")
                    .getBytes(UTF_8));
      }
      long start = System.nanoTime();
      assertThat(console.api().get("/api/v1/cache/stats").status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Seeded: the same requests each time, on connections that are kept where that is possible. */
  @Test
  void badRequests_getAnAnswerEach_andNeverA500() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
    Map<Integer, Integer> statuses = new java.util.concurrent.ConcurrentHashMap<>();
    long start = System.nanoTime();
    for (int thread = 0; thread < CONNECTIONS; thread++) {
      Random random = new Random(SEED + thread);
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < BAD_REQUESTS / CONNECTIONS; i++) {
                  String request = BadRequests.next(random);
                  int status = send(request);
                  statuses.merge(status, 1, Integer::sum);
                  if (status < 200 || status == 500 || status == 503) {
                    wrong.add(status + " for " + request);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(60));
    }
    assertThat(threads).noneMatch(Thread::isAlive);
    assertThat(wrong).as(statuses.toString()).isEmpty();
    assertThat(new TreeMap<>(statuses)).containsKeys(400, 401, 404, 405, 421);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    assertThat(console.api().get("/api/v1/health/ready").status()).isEqualTo(200);
  }

  private int send(String request) {
    try (Socket socket = connect()) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      if (answer.isEmpty()) {
        return 400; // What is no HTTP at all may be closed without a word.
      }
      return Integer.parseInt(answer.substring(9, 12));
    } catch (IOException e) {
      return e.getMessage().contains("reset") ? 400 : -1;
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), console.port());
  }
}
