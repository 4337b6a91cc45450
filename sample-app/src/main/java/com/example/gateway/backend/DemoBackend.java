package com.example.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A demo backend on a free loopback port: users, generated code and images, and the number of calls
 * it has answered.
 *
 * <p>Every reply depends on the request alone, its delay included. The delay holds no thread.
 */
public final class DemoBackend implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(DemoBackend.class.getName());
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ScheduledExecutorService threads;
  private final AtomicLong calls = new AtomicLong();
  private final Users users = new Users();
  private final Generator generator = new Generator();

  private DemoBackend(HttpServer server, ScheduledExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a backend.
   *
   * @throws IOException if no port can be opened
   */
  public static DemoBackend start() throws IOException {
    // Without it the body waits for the acknowledgement of the head: 40 ms on Linux.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var threads = Executors.newScheduledThreadPool(THREADS, DemoBackend::daemon);
    var backend = new DemoBackend(server, threads);
    server.createContext("/", backend::handle);
    server.setExecutor(threads);
    server.start();
    return backend;
  }

  /** The address of the backend, without a path. */
  public URI location() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var reply = conditional(exchange, reply(exchange, body));
    var unused =
        threads.schedule(
            () -> send(exchange, reply), reply.delay().toMillis(), TimeUnit.MILLISECONDS);
  }

  private Reply reply(HttpExchange exchange, String body) {
    var path = exchange.getRequestURI().getPath();
    var query = exchange.getRequestURI().getQuery();
    if (path.equals("/calls")) {
      return Reply.json(String.format(Locale.ROOT, "{\"calls\":%d}", calls.get()), Duration.ZERO)
          .with("Cache-Control", "no-store");
    }
    calls.incrementAndGet();
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> get(path, query);
      case "POST" -> post(path, query, body);
      default -> Reply.failure(405, "Method not allowed").with("Allow", "GET, HEAD, POST");
    };
  }

  private Reply get(String path, @Nullable String query) {
    if (path.equals("/users")) {
      return users.page(query);
    }
    if (path.equals("/users/me")) {
      return users.me();
    }
    if (path.startsWith("/users/")) {
      return users.profile(path.substring("/users/".length()));
    }
    return generate(path, query, "");
  }

  private Reply post(String path, @Nullable String query, String body) {
    return path.startsWith("/users")
        ? Reply.failure(405, "Method not allowed").with("Allow", "GET, HEAD")
        : generate(path, query, body);
  }

  private Reply generate(String path, @Nullable String query, String body) {
    var input = Objects.requireNonNullElse(query, "") + '\n' + body;
    return switch (path) {
      case "/api/v1/generate/code" -> generator.code(input);
      case "/api/v1/generate/image" -> generator.image(input);
      default -> Reply.failure(404, "No such resource");
    };
  }

  private static Reply conditional(HttpExchange exchange, Reply reply) {
    var fields = exchange.getRequestHeaders();
    var tag = fields.getFirst("If-None-Match");
    if (tag != null) {
      return reply.matches("ETag", tag) ? reply.notModified() : reply;
    }
    var date = fields.getFirst("If-Modified-Since");
    return date != null && reply.matches("Last-Modified", date) ? reply.notModified() : reply;
  }

  private static void send(HttpExchange exchange, Reply reply) {
    try (exchange) {
      reply.fields().forEach(exchange.getResponseHeaders()::set);
      int length = reply.body().length;
      boolean bodiless = length == 0 || exchange.getRequestMethod().equals("HEAD");
      if (bodiless && length > 0) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
      }
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : length);
      if (!bodiless) {
        exchange.getResponseBody().write(reply.body());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The caller left before its reply", e);
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "backend");
    thread.setDaemon(true);
    return thread;
  }
}
