package com.example.gateway;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.WebResourceRoot.ResourceSetType;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * A running gateway: one Tomcat, its routes, and the threads that relay the backend's responses.
 */
final class Gateway implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int WORKERS = 32;
  private static final Map<String, String> DEMO_USERS = Map.of("alice", "alice", "bob", "bob");

  private final Options options;
  private final Path directory;
  private final Tomcat tomcat = new Tomcat();
  private final ExecutorService exchanges = Executors.newCachedThreadPool(daemons("exchange"));
  private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, daemons("relay"));
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(Options options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  /**
   * Starts a gateway.
   *
   * @throws IOException if there is no room for temporary files
   * @throws LifecycleException if Tomcat does not start, for one because the port is taken
   */
  static Gateway start(Options options, Upstream upstream) throws IOException, LifecycleException {
    var gateway = new Gateway(options, Files.createTempDirectory("sample-gateway-"));
    try {
      gateway.open(upstream);
      return gateway;
    } catch (LifecycleException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  /** Where clients find the gateway, without a path. */
  URI location() {
    return URI.create("http://" + options.host() + ":" + tomcat.getConnector().getLocalPort());
  }

  /** Waits until the gateway is closed. */
  void await() {
    tomcat.getServer().await();
  }

  /** Stops Tomcat and deletes its files; from the second call on it does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      LOG.log(Level.WARNING, "Tomcat did not stop cleanly", e);
    }
    workers.shutdownNow();
    exchanges.shutdownNow();
    System.clearProperty(
        Globals.CATALINA_HOME_PROP); // or the next Tomcat makes the directory again
    delete(directory);
  }

  private void open(Upstream upstream) throws LifecycleException {
    tomcat.setBaseDir(directory.toString());
    var connector = new Connector();
    connector.setPort(options.port());
    connector.setProperty("address", options.host());
    connector.setThrowOnFailure(true);
    tomcat.setConnector(connector);
    var context = (StandardContext) tomcat.addContext("", null);
    context.setClearReferencesThreadLocals(false); // the application goes when the process goes
    context.setClearReferencesRmiTargets(false);
    addRoutes(context, upstream);
    addStaticFiles(context);
    tomcat.start();
  }

  private void addRoutes(Context context, Upstream upstream) {
    var traffic = new Traffic();
    context.getPipeline().addValve(new TrafficValve(traffic));

    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(exchanges)
            .build();
    var forward = new ForwardRequest(upstream, "");
    for (var service : Service.values()) {
      var servlet = new ForwardServlet(client, forward, workers);
      addServlet(context, service.id(), servlet, service.path() + "/*");
    }
    var control = new ForwardRequest(upstream, "/backend");
    addServlet(context, "backend", new ForwardServlet(client, control, workers), "/backend/calls");

    var resources =
        new ResourceConfig()
            .register(HealthResource.class)
            .register(ServicesResource.class)
            .register(AlertsResource.class)
            .register(ProblemMapper.class)
            .property(Traffic.class.getName(), traffic)
            .property(ServerProperties.WADL_FEATURE_DISABLE, true);
    addServlet(context, "api", new ServletContainer(resources), "/api/v1/*");

    addServlet(context, "metrics", new MetricsServlet(traffic), "/metrics");
    addServlet(context, "account", new AccountServlet(), "/account/*");
    addFilter(context, "authentication", new BasicAuthFilter(DEMO_USERS), "/account/*");
    addServlet(context, "docs", new PageServlet("/docs.html"), "/docs");
    addServlet(context, "files", new DefaultServlet(), "/");
  }

  /** Serves what this program carries under {@code META-INF/resources}, from a jar or a folder. */
  private static void addStaticFiles(Context context) {
    var resources = new StandardRoot(context);
    var program = Gateway.class.getProtectionDomain().getCodeSource().getLocation();
    resources.createWebResourceSet(
        ResourceSetType.RESOURCE_JAR, "/", program, "/META-INF/resources");
    context.setResources(resources);
    context.addWelcomeFile("docs.html");
    Tomcat.addDefaultMimeTypeMappings(context);
  }

  private static void addServlet(Context context, String name, Servlet servlet, String pattern) {
    var wrapper = Tomcat.addServlet(context, name, servlet);
    wrapper.setAsyncSupported(true);
    wrapper.setLoadOnStartup(1);
    context.addServletMapping(pattern, name);
  }

  private static void addFilter(Context context, String name, Filter filter, String pattern) {
    var definition = new FilterDef();
    definition.setFilterName(name);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    var mapping = new FilterMap();
    mapping.setFilterName(name);
    mapping.addURLPattern(pattern);
    context.addFilterMap(mapping);
  }

  /** Makes threads that keep neither the process nor Tomcat's web application alive. */
  private static ThreadFactory daemons(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.setContextClassLoader(Gateway.class.getClassLoader());
      return thread;
    };
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Temporary files are left in " + directory, e);
    }
  }
}
