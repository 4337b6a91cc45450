package dev.slipstream.it.shared;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.shared.History.Invalidation;
import dev.slipstream.it.shared.History.Read;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import org.awaitility.Awaitility;

/**
 * Clients that ask several gateways again and again, each on a connection it keeps, check every
 * answer and time it; and some that have versions rise and gateways told of it. All goes into a
 * {@link History}.
 */
final class SharedLoad implements AutoCloseable {
  private static final List<String> LANGUAGES = List.of("de", "en");
  private static final Pattern VERSION = Pattern.compile(" v(\\d+)");

  private final GatewayGroup group;
  private final VersionedOrigin origin;
  private final Plan plan;
  private final History history = new History();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger cold = new AtomicInteger();
  private final List<String> failures = new ArrayList<>();
  private List<Duration> delays = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * What clients ask for. Cold and none, where there are any, are as often as each of the others.
   *
   * @param readers clients for each gateway
   * @param pause between two requests of one of them
   * @param hot paths that L1 has room for
   * @param warm paths that L1 has no room for
   * @param varied paths that depend on the language
   * @param more whether to ask for what nobody asked for before and what is never stored
   * @param writePause between two writes of one way
   * @param ways how gateways are told of a write
   * @param writeTo the numbers of the gateways that are told; none for no writes
   */
  record Plan(
      int readers,
      Duration pause,
      int hot,
      int warm,
      int varied,
      boolean more,
      Duration writePause,
      List<Way> ways,
      List<Integer> writeTo) {
    Plan {
      ways = List.copyOf(ways);
      writeTo = List.copyOf(writeTo);
    }

    /** A path that can change. */
    String path(SplittableRandom random) {
      int number = random.nextInt(hot + warm + varied);
      if (number < hot) {
        return "/sync/hot/" + number;
      }
      return number < hot + warm ? "/sync/warm/" + number : "/sync/varied/" + number;
    }

    /** The path of a kind: hot, warm, varied, cold and none, in turn. */
    String path(int turn, SplittableRandom random, AtomicInteger cold) {
      return switch (turn % 5) {
        case 0, 1 -> warm == 0 ? hot(random) : "/sync/warm/" + (hot + random.nextInt(warm));
        case 2 ->
            varied == 0 ? hot(random) : "/sync/varied/" + (hot + warm + random.nextInt(varied));
        case 3 -> {
          if (!more) {
            yield hot(random);
          }
          int number = cold.incrementAndGet();
          yield number % 2 == 0 ? "/sync/cold/" + number : "/sync/none/" + number;
        }
        default -> hot(random);
      };
    }

    private String hot(SplittableRandom random) {
      return "/sync/hot/" + random.nextInt(hot);
    }
  }

  SharedLoad(GatewayGroup group, VersionedOrigin origin, Plan plan) {
    this.group = group;
    this.origin = origin;
    this.plan = plan;
  }

  History history() {
    return history;
  }

  void start() {
    for (SharedGateway gateway : group.gateways()) {
      for (int i = 0; i < plan.readers(); i++) {
        int seed = threads.size();
        startThread(() -> read(gateway, seed));
      }
    }
    if (!plan.writeTo().isEmpty()) {
      plan.ways().forEach(way -> startThread(() -> write(way, threads.size())));
    }
  }

  private void startThread(Runnable task) {
    Thread thread = new Thread(task, "client-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void read(SharedGateway gateway, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      for (int turn = seed; !stopped; turn++) {
        String path = plan.path(turn, random, cold);
        String language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
        long begun = System.nanoTime();
        try {
          int version = exchange(connection, path, language);
          note(new Read(path, version, begun, System.nanoTime(), gateway.number()));
        } catch (IOException | RuntimeException | AssertionError e) {
          fail(gateway, connection, "GET " + path, e);
        }
        LockSupport.parkNanos(plan.pause().toNanos());
      }
    }
  }

  /** Returns the version that is in the answer, and fails if it is not the path's. */
  static int exchange(HttpConnection connection, String path, String language) throws IOException {
    Answer answer = connection.get(path, "Accept-Language: " + language);
    Matcher matcher = VERSION.matcher(answer.body());
    int version = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    if (answer.status() != 200
        || !answer.complete()
        || !answer.body().equals(VersionedOrigin.body(path, language, version))) {
      String body = answer.body().substring(0, Math.min(200, answer.body().length()));
      throw new AssertionError("not its answer: " + answer.statusLine() + ", " + body);
    }
    if (answer.values("Cache-Status").isEmpty()) {
      throw new AssertionError("the agent takes no part: " + answer.fields());
    }
    return version;
  }

  /** Each way has a client of its own: where one of them waits the others go on. */
  private void write(Way way, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<HttpConnection> connections =
        group.gateways().stream().map(gateway -> new HttpConnection(gateway.port())).toList();
    while (!stopped) {
      SharedGateway gateway = group.get(plan.writeTo().get(random.nextInt(plan.writeTo().size())));
      HttpConnection connection = connections.get(gateway.number());
      String path = plan.path(random);
      long begun = System.nanoTime();
      try {
        int version = way.write(origin, gateway, connection, path);
        note(
            new Invalidation(
                path, version, begun, System.nanoTime(), gateway.number(), way.name()));
      } catch (IOException | JMException | RuntimeException | AssertionError e) {
        fail(gateway, connection, way + " " + path, e);
      }
      LockSupport.parkNanos(plan.writePause().toNanos());
    }
    connections.forEach(HttpConnection::close);
  }

  private synchronized void note(Read read) {
    history.add(read);
    delays.add(Duration.ofNanos(read.endedNanos() - read.begunNanos()));
  }

  /** An unsafe request is a client's and must not wait; the others are an operator's. */
  private synchronized void note(Invalidation invalidation) {
    history.add(invalidation);
    Duration took = Duration.ofNanos(invalidation.endedNanos() - invalidation.begunNanos());
    if (invalidation.way().equals(Way.UNSAFE.name())) {
      delays.add(took);
    }
  }

  private synchronized void fail(
      SharedGateway gateway, HttpConnection connection, String what, Throwable why) {
    connection.close();
    if (failures.size() < 10) {
      failures.add(String.format(Locale.ROOT, "gateway %d, %s: %s", gateway.number(), what, why));
    }
  }

  /** The first failures. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** What requests took since this was last asked. */
  synchronized Delays takeDelays() {
    Delays taken = Delays.of(delays);
    delays = new ArrayList<>();
    return taken;
  }

  private synchronized int count() {
    return delays.size();
  }

  /** Waits until a number of requests are answered, and for a time at least. */
  void await(int requests, Duration atLeast) {
    int begun = count();
    long until = System.nanoTime() + atLeast.toNanos();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60).plus(atLeast))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> count() >= begun + requests && System.nanoTime() - until >= 0);
  }

  /** Has each client end what it is at, and nothing else begin. */
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
