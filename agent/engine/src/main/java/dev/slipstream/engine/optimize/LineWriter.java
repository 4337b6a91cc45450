package dev.slipstream.engine.optimize;

import dev.slipstream.engine.AgentThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes lines on a thread of its own, which is there while there are some: whoever must act within
 * two seconds does not wait for a disk. Of those that wait for it already, {@value #MOST_WAITING}
 * are kept, and the rest is lost. Thread-safe.
 */
final class LineWriter implements Consumer<String>, AutoCloseable {
  static final int MOST_WAITING = 100;

  private final Consumer<String> log;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> AgentThreads.make("optimizer-log", task),
          new ThreadPoolExecutor.DiscardPolicy());

  LineWriter(Consumer<String> log) {
    this.log = log;
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void accept(String line) {
    thread.execute(() -> log.accept(line));
  }

  /** Takes no more; what is there is still written, and nobody waits for that. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
