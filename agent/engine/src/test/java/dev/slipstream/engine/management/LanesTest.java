package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.LogLevel;
import dev.slipstream.engine.AgentLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ill listener harms nobody but itself. */
@Timeout(60)
class LanesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String TYPE = "dev.slipstream.a.test";

  @TempDir private Path directory;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final NotificationListener well =
      (notification, handback) -> heard.add(notification.getMessage());
  private Lanes lanes;
  private Emitter emitter;

  @BeforeEach
  void make() throws Exception {
    lanes = new Lanes(AgentLog.to(directory.resolve("log"), LogLevel.INFO, InstantSource.system()));
    emitter =
        new Emitter(
            lanes,
            new ObjectName("a:type=Test"),
            new MBeanNotificationInfo(new String[] {TYPE}, "a class", "A test"));
  }

  @AfterEach
  void close() {
    lanes.close();
  }

  private void send(int times) {
    IntStream.range(0, times).forEach(i -> emitter.send(TYPE, i, Integer.toString(i), null));
  }

  private void awaitHeard(int times) {
    await().atMost(PATIENCE).until(() -> heard.size() == times);
    assertThat(heard).isEqualTo(IntStream.range(0, times).mapToObj(Integer::toString).toList());
  }

  @Test
  void send_reachesListenersInOrder() {
    emitter.addNotificationListener(well, null, null);

    send(100);

    awaitHeard(100);
  }

  @Test
  void send_whereOneListenerNeverReturns_reachesTheOthers_andIsBounded() {
    CountDownLatch never = new CountDownLatch(1);
    emitter.addNotificationListener(
        (notification, handback) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        null,
        null);
    emitter.addNotificationListener(well, null, null);

    for (int i = 0; i < 2 * Lanes.MOST_WAITING; i++) {
      int sent = i + 1;
      emitter.send(TYPE, i, Integer.toString(i), null);
      await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> heard.size() == sent);
    }

    awaitHeard(2 * Lanes.MOST_WAITING);
    assertThat(lanes.dropped()).isBetween(1L, 2L * Lanes.MOST_WAITING);
    never.countDown();
  }

  @Test
  void send_whereOneListenerThrows_reachesTheOthers_andIsSaidAFewTimes() throws Exception {
    emitter.addNotificationListener(
        (notification, handback) -> {
          throw new StackOverflowError("made up");
        },
        null,
        null);
    emitter.addNotificationListener(
        well,
        notification -> {
          if (notification.getMessage().equals("7")) {
            throw new IllegalStateException("a filter");
          }
          return true;
        },
        null);

    send(50);

    await().atMost(PATIENCE).until(() -> heard.size() == 49);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Files.readAllLines(directory.resolve("log")))
                    .hasSize(5)
                    .allMatch(line -> line.contains("a listener to the MXBeans' notifications")));
  }

  @Test
  void send_afterTheEnd_doesNothing() {
    emitter.addNotificationListener(well, null, null);
    lanes.close();

    send(10);

    assertThat(heard).isEmpty();
  }
}
