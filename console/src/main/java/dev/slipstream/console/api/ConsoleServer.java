package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipstream.console.history.History;
import dev.slipstream.console.history.Sampler;
import dev.slipstream.console.targets.Targets;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.ParsedEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console's HTTP server. */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int THREADS = 64;
  private static final int IDLE_THREADS = 8;

  private final Targets targets;
  private final InstantSource clock;
  private final Answers answers;
  private final ProblemPages pages;
  private final AllowedHosts allowedHosts;
  private final History history = new History();
  private final Sampler sampler;
  private final LiveFeed feed;
  private final Javalin javalin;

  private ConsoleServer(Targets targets, InstantSource clock, AllowedHosts allowedHosts) {
    this.targets = targets;
    this.clock = clock;
    this.answers = new Answers(clock);
    this.pages = new ProblemPages(clock);
    this.allowedHosts = allowedHosts;
    this.sampler = new Sampler(targets, history, clock);
    this.feed = new LiveFeed(targets, clock);
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Starts it.
   *
   * @param host name or address to listen on
   * @param address what the host resolves to
   * @param port 0 for any free one
   * @throws io.javalin.util.JavalinException if it cannot listen there
   */
  public static ConsoleServer start(
      String host, InetAddress address, int port, Targets targets, InstantSource clock) {
    ConsoleServer server =
        new ConsoleServer(targets, clock, AllowedHosts.listeningOn(host, address));
    server.javalin.start(address.getHostAddress(), port);
    server.sampler.start();
    server.feed.start();
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** The routes, each as {@code GET /path}. */
  List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(ParsedEndpoint::getEndpoint)
        .map(route -> route.getMethod().name() + " " + route.getPath())
        .toList();
  }

  @Override
  public void close() {
    sampler.close();
    feed.close();
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, IDLE_THREADS);
    threads.setName("console-http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.modifyServer(server -> server.setErrorHandler(pages));
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(pages));
    addRoutes(config.routes);
  }

  private void addRoutes(RoutesConfig routes) {
    routes.before(this::receive);
    Reading.route(routes, "/", ConsoleServer::index);
    new CacheRoutes(new Selection(targets), answers).add(routes);
    new PerformanceRoutes(new Selection(targets), answers, history, clock).add(routes);
    new HistoryRoutes(new Selection(targets), answers, history, clock).add(routes);
    new LiveRoutes(targets, new Selection(targets), feed).add(routes);
    new RulesRoutes(new Selection(targets), answers).add(routes);
    new TargetRoutes(targets, new Selection(targets), answers).add(routes);
    new OptimizerRoutes(new Selection(targets), answers).add(routes);
    new HealthRoutes(targets, answers).add(routes);
    routes.exception(ProblemException.class, (e, context) -> answers.problem(context, e.problem()));
    routes.exception(HttpResponseException.class, this::refused);
    routes.exception(Exception.class, this::failed);
  }

  /** What holds for every request. */
  private void receive(Context context) {
    context.header(CorrelationId.FIELD, CorrelationId.of(context.header(CorrelationId.FIELD)));
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (!allowedHosts.accept(context.header("Host"))) {
      throw new ProblemException(
          Problem.of(
              "wrong-host",
              "The request is for another host",
              421,
              "Host is neither a loopback name nor what the console listens on"));
    }
  }

  private static void index(Context context) {
    context.contentType("text/html; charset=utf-8").result(INDEX);
  }

  private void refused(HttpResponseException exception, Context context) {
    if (exception instanceof MethodNotAllowedResponse) {
      context.header("Allow", exception.getDetails().getOrDefault("availableMethods", ""));
    }
    answers.problem(context, Problem.ofStatus(exception.getStatus(), exception.getMessage()));
  }

  private void failed(Exception exception, Context context) {
    LOG.error("{} {} failed", context.method(), context.path(), exception);
    answers.problem(context, Problem.ofStatus(500, null));
  }

  private static final String INDEX = resource("index.html");

  static String resource(String name) {
    try (InputStream stream = ConsoleServer.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
