package dev.slipstream.console.api;

import dev.slipstream.console.history.History;
import dev.slipstream.console.history.Sampler;
import dev.slipstream.console.security.ResponseFields;
import dev.slipstream.console.targets.Targets;
import dev.slipstream.console.web.Web;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console's HTTP server. */
public final class ConsoleServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
  private static final int THREADS = 64;
  private static final int IDLE_THREADS = 8;

  private final Listener listener;
  private final Protection protection;
  private final Targets targets;
  private final InstantSource clock;
  private final Answers answers;
  private final ProblemPages pages;
  private final Gatekeeper gatekeeper;
  private final ConnectionLimits limits = new ConnectionLimits();
  private final History history = new History();
  private final Sampler sampler;
  private final LiveFeed feed;
  private final Javalin javalin;

  private ConsoleServer(
      Listener listener, Protection protection, Targets targets, InstantSource clock) {
    ResponseFields fields = new ResponseFields(listener.tls() != null);
    this.listener = listener;
    this.protection = protection;
    this.targets = targets;
    this.clock = clock;
    this.answers = new Answers(clock);
    this.pages = new ProblemPages(clock, fields.of("/api/"));
    this.gatekeeper = new Gatekeeper(protection.guard(), protection.audit(), fields, clock);
    this.sampler = new Sampler(targets, history, clock);
    this.feed = new LiveFeed(targets, clock);
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Starts it.
   *
   * @throws io.javalin.util.JavalinException if it cannot listen there
   */
  public static ConsoleServer start(
      Listener listener, Protection protection, Targets targets, InstantSource clock) {
    ConsoleServer server = new ConsoleServer(listener, protection, targets, clock);
    server.javalin.start();
    server.sampler.start();
    server.feed.start();
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** The routes, each as {@code GET /path}. */
  public List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(route -> route.endpoint.method.name() + " " + route.endpoint.path)
        .toList();
  }

  @Override
  public void close() {
    sampler.close();
    feed.close();
    javalin.stop();
    protection.close();
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
    config.jetty.addConnector(
        (server, http) -> Connectors.listening(listener, limits, server, http));
    config.jetty.modifyServer(this::configure);
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(pages));
    addRoutes(config.routes);
  }

  private void configure(Server server) {
    server.setErrorHandler(pages);
    if (protection.accessLog() != null) {
      server.setRequestLog(protection.accessLog());
    }
  }

  private void addRoutes(RoutesConfig routes) {
    routes.before(gatekeeper::receive);
    routes.after(gatekeeper::answered);
    Web.add(routes);
    new CacheRoutes(new Selection(targets), answers).add(routes);
    new PerformanceRoutes(new Selection(targets), answers, history, clock).add(routes);
    new HistoryRoutes(new Selection(targets), answers, history, clock).add(routes);
    new LiveRoutes(targets, new Selection(targets), feed, gatekeeper).add(routes);
    new RulesRoutes(new Selection(targets), answers).add(routes);
    new TargetRoutes(targets, new Selection(targets), answers).add(routes);
    new OptimizerRoutes(new Selection(targets), answers).add(routes);
    new HealthRoutes(targets, answers).add(routes);
    new AuditRoutes(protection.audit(), answers).add(routes);
    new SessionRoutes(protection.guard().readingIsOpen(), listener.tls() != null, answers)
        .add(routes);
    routes.exception(ProblemException.class, (e, context) -> answers.problem(context, e.problem()));
    routes.exception(HttpResponseException.class, this::refused);
    routes.exception(Exception.class, this::failed);
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
}
