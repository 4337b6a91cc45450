package dev.slipstream.it.effects;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that do not wait for each other: a request is sent when it is due, and its time counts
 * from then, so that a gateway that is late is not asked less (no coordinated omission). A client
 * that has waited as long as it is patient hangs up.
 */
final class OpenLoad implements AutoCloseable {
  private static final int MOST_CLIENTS = 1_500;

  private final int port;
  private final List<Traffic> traffic;
  private final Map<Traffic, Deque<HttpConnection>> idle = new LinkedHashMap<>();
  private final ExecutorService clients =
      new ThreadPoolExecutor(
          0,
          2 * MOST_CLIENTS,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(null, task, "client", 256 << 10);
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger waiting = new AtomicInteger();
  private int number;

  OpenLoad(int port, List<Traffic> traffic) {
    this.port = port;
    this.traffic = traffic;
    traffic.forEach(one -> idle.put(one, new ConcurrentLinkedDeque<>()));
  }

  private record Due(long nanos, Traffic traffic) {}

  /** Asks for so long, and returns what became of it, by the name of the traffic. */
  Map<String, Figures> run(int seconds, boolean troubled) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    traffic.forEach(one -> figures.put(one.name(), new Figures()));
    long start = System.nanoTime();
    for (Due due : schedule(seconds, troubled)) {
      long at = start + due.nanos();
      for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      Figures of = figures.get(due.traffic().name());
      of.asked();
      String target = due.traffic().path() + "/" + number++ % due.traffic().different();
      if (waiting.get() < MOST_CLIENTS) { // else all clients wait: this one gets no answer
        waiting.incrementAndGet();
        clients.execute(() -> ask(due.traffic(), target, at, of));
      }
    }
    return figures;
  }

  private List<Due> schedule(int seconds, boolean troubled) {
    List<Due> all = new ArrayList<>();
    for (Traffic one : traffic) {
      int perSecond = troubled ? one.troubledPerSecond() : one.perSecond();
      for (int i = 0; i < perSecond * seconds; i++) {
        all.add(new Due(TimeUnit.SECONDS.toNanos(1) * i / perSecond, one));
      }
    }
    all.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
    return all;
  }

  private void ask(Traffic one, String target, long due, Figures figures) {
    HttpConnection connection = idle.get(one).pollLast();
    if (connection == null) {
      connection = HttpConnection.withPatience(port, one.patienceMillis());
    }
    try {
      Answer answer = connection.get(target);
      long nanos = System.nanoTime() - due;
      if (answer.status() == 200 && !answer.body().startsWith(target + " is what")) {
        throw new IllegalStateException("another's answer: " + answer);
      }
      figures.answered(answer.status(), nanos, one.patienceMillis());
      idle.get(one).addLast(connection);
    } catch (IOException e) {
      connection.close(); // it has had no answer
    } finally {
      waiting.decrementAndGet();
    }
  }

  @Override
  public void close() {
    clients.shutdownNow();
    idle.values().forEach(connections -> connections.forEach(HttpConnection::close));
  }
}
