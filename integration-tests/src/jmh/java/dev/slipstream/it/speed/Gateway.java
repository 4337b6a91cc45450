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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine and a servlet before it, in a container without a socket. */
final class Gateway implements AutoCloseable {
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

  /** What a container has for each of its connections. */
  static final class Connection {
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
  }

  /** Starts the engine, and stores what is asked for. */
  Gateway start() {
    Connection connection = new Connection();
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
    return this;
  }

  @Override
  public void close() {
    engine.close();
  }

  /** The application alone. Returns the bytes of the body. */
  int application(Connection connection) {
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
  int exchange(Connection connection, String path, @Nullable String control) {
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
