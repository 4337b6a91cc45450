package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LineWriterTest {
  /** Such as a disk that hangs. */
  @Test
  @Timeout(30)
  void accept_whileTheLogHangs_doesNotWait() {
    CountDownLatch there = new CountDownLatch(1);
    List<String> written = new CopyOnWriteArrayList<>();
    LineWriter lines =
        new LineWriter(
            line -> {
              try {
                there.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              written.add(line);
            });
    for (int i = 0; i < 1_000; i++) {
      lines.accept("line " + i);
    }
    assertThat(written).isEmpty();
    lines.close();
    there.countDown();
    await().until(() -> written.size() > LineWriter.MOST_WAITING);
    assertThat(written).hasSize(LineWriter.MOST_WAITING + 1).startsWith("line 0", "line 1");
  }
}
