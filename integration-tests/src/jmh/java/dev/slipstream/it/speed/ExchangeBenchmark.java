package dev.slipstream.it.speed;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.EntryPoint;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.servlet.ServletAdapter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the agent adds to a whole exchange, from the woven method's entry to its end, with all it
 * does by default: cache, profile, statistics, learning. The container has no socket.
 *
 * <p>Run with {@code -prof gc}: 512 B are the bound of a hit, 256 B of a request that passes
 * through. {@code -t 2} beside {@code -t 1} shows how it scales.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExchangeBenchmark {
  private static final String RULES =
      """
      rules:
        - {name: big, pattern: "/gzip/**", ttl: 1h, gzip: true}
      """;

  private final Engine engine = engine();
  private final EntryPoint servlets = new ServletAdapter(engine).entryPoint(HttpServlet.class);
  private final byte[] body = new byte[2 << 10];

  private static Engine engine() {
    InstantSource clock = InstantSource.system();
    AgentLog log = AgentLog.toStandardError(LogLevel.WARN, clock);
    Settings settings =
        SettingsLoader.load(null, Map.of("slipstream.cache_max_memory_mb", "64"), Map.of())
            .settings();
    ErrorBreaker errors = new ErrorBreaker(System::nanoTime, log, () -> {});
    return new Engine(settings, log, errors, clock);
  }

  /** What a container has for each of its threads. */
  @State(Scope.Thread)
  public static class Connection {
    private final ContainerRequest request =
        new ContainerRequest(
            "Host", "127.0.0.1:8080",
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept", "application/json, text/plain, */*",
            "Accept-Language", "en-GB,en;q=0.7,de;q=0.3",
            "Accept-Encoding", "gzip, deflate, br",
            "Cookie", "_ga=GA1.2.1234567890.1700000000",
            "X-Request-Id", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
    private final ContainerResponse response = new ContainerResponse();
    private int next;
  }

  /** Starts the engine, and stores what is asked for. */
  @Setup
  public void start(Connection connection) {
    engine.start();
    engine.httpCache().useRules(RulesFile.parse("benchmark", RULES).rules());
    String json = "{\"id\":1234, \"name\":\"a name\"},";
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) json.charAt(i % json.length());
    }
    for (String path : new String[] {"/hit", "/gzip/hit"}) {
      exchange(connection, path, "max-age=3600");
      if (exchange(connection, path, null) >= 0) {
        throw new IllegalStateException("not stored: " + path);
      }
    }
    if (exchange(connection, "/private", "no-store") < 0) {
      throw new IllegalStateException("stored");
    }
  }

  /** Ends the engine. */
  @TearDown
  public void stop() {
    engine.close();
  }

  /** L1 answers. */
  @Benchmark
  public int hit(Connection connection) {
    return exchange(connection, "/hit", null);
  }

  /** L1 answers in gzip. */
  @Benchmark
  public int hitInGzip(Connection connection) {
    return exchange(connection, "/gzip/hit", null);
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public int hitOfTwo(Connection connection) {
    return exchange(connection, "/hit", null);
  }

  /** The application answers, and nothing is stored. */
  @Benchmark
  public int passThrough(Connection connection) {
    return exchange(connection, "/private", "no-store");
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public int passThroughOfTwo(Connection connection) {
    return exchange(connection, "/private", "no-store");
  }

  /** The application answers, and it is stored, each time under another URL; L1 is full soon. */
  @Benchmark
  public int missAndStore(Connection connection) {
    return exchange(connection, "/items/" + connection.next++, "max-age=3600");
  }

  /** The application alone, for comparison. */
  @Benchmark
  public int application(Connection connection) {
    ContainerResponse response = connection.response.recycle();
    answer(response, "no-store");
    return response.written();
  }

  /**
   * One request's way through a woven method, as the weaving writes it.
   *
   * @param control the application's Cache-Control; null for none
   * @return the bytes of the body; negative where the application was not asked
   */
  private int exchange(Connection connection, String path, @Nullable String control) {
    ContainerResponse response = connection.response.recycle();
    Object[] slots = {this, connection.request.of(path), response, null, null, "servlet"};
    UnaryOperator<@Nullable Throwable> exit = servlets.enter(new Call(slots));
    boolean asked = slots[0] != null;
    if (asked) {
      answer((HttpServletResponse) slots[2], control);
    }
    Throwable thrown = exit == null ? null : exit.apply(null);
    if (thrown != null || response.written() == 0) {
      throw new IllegalStateException(thrown);
    }
    return asked ? response.written() : -response.written();
  }

  private void answer(HttpServletResponse response, @Nullable String control) {
    response.setContentType("application/json");
    if (control != null) {
      response.setHeader("Cache-Control", control);
    }
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
