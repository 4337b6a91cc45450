import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The demo: the sample gateway with the agent, a little traffic, and what JMX says of it. Run by
 * {@code demo.sh}; uses nothing but the JDK.
 */
final class Demo {
  private static final Path AGENT = Path.of("agent/javaagent/target/slipstream-agent.jar");
  private static final Path GATEWAY = Path.of("sample-app/target/sample-gateway.jar");
  private static final Path RULES = Path.of("integration-tests/demo/cache_rules.yaml");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final PrintStream OUT = System.out;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final List<String> failures = new ArrayList<>();
  private Process gateway;
  private Path log;
  private String url;

  public static void main(String[] arguments) throws Exception {
    boolean check = List.of(arguments).contains("--check");
    Demo demo = new Demo();
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop));
    demo.start(check ? "0" : "8080");
    demo.show();
    if (check) {
      demo.failures.forEach(failure -> OUT.println("FAILED: " + failure));
      OUT.println(demo.failures.isEmpty() ? "demo: ok" : "demo: failed");
      System.exit(demo.failures.isEmpty() ? 0 : 1);
    }
    OUT.printf("%nIt stays up. Try:%n  curl -i %s/users/7%n", demo.url);
    OUT.printf("  jconsole %d    (MBeans > dev.slipstream)%nCtrl-C stops it.%n", demo.gateway.pid());
    demo.gateway.waitFor();
  }

  private void start(String port) throws IOException {
    String agent = "-javaagent:" + AGENT + "=cache_rules_config_file=" + RULES;
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(java.toString(), agent, "-jar", GATEWAY.toString(), "--port", port);
    OUT.println("$ java " + String.join(" ", command.subList(1, command.size())));
    log = Files.createTempFile("slipstream-demo", ".log");
    log.toFile().deleteOnExit();
    gateway = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader out = gateway.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      OUT.print(Files.readString(log));
      throw new IOException("the gateway did not start");
    }
    OUT.println(line);
    url = line.substring(line.indexOf("http"));
  }

  private void show() throws Exception {
    waitForAgent();
    try (Stream<String> lines = Files.lines(log)) {
      lines.filter(line -> line.startsWith("[slipstream]")).forEach(OUT::println);
    }
    long before = backendCalls();

    OUT.printf("%n%-40s %-34s %10s %10s%n", "request", "Cache-Status", "without", "from cache");
    compare("/users/7", null);
    compare("/users?page=2", null);
    compare("/api/v1/generate/code?framework=react", null);
    compare("/account/profile", "alice");
    compare("/account/profile", "bob");

    String alice = get("/account/profile", "alice").body();
    String bob = get("/account/profile", "bob").body();
    check("alice gets her own account", alice.contains("alice") && !alice.contains("bob"));
    check("bob gets his own account", bob.contains("bob") && !bob.contains("alice"));
    check("an account without a password is refused", get("/account/profile", null).statusCode() == 401);
    get("/users/me", null);
    String me = get("/users/me", null).headers().firstValue("Cache-Status").orElse("");
    check("no-store is never stored: " + me, me.contains("fwd="));

    OUT.printf("%nbackend calls for it: %d%n%nJMX says:%n", backendCalls() - before);
    beans();
  }

  /** The agent begins to serve with the first requests: until then they pass through. */
  private void waitForAgent() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (get("/users/1", null).headers().firstValue("Cache-Status").isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the agent does not serve");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void compare(String path, String user) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> miss = get(path, user);
    long without = System.nanoTime() - start;
    long best = Long.MAX_VALUE;
    HttpResponse<String> hit = miss;
    for (int i = 0; i < 20; i++) {
      start = System.nanoTime();
      hit = get(path, user);
      best = Math.min(best, System.nanoTime() - start);
    }
    String status = hit.headers().firstValue("Cache-Status").orElse("-");
    String request = path + (user == null ? "" : " (" + user + ")");
    OUT.printf(
        "%-40s %-34s %7.1f ms %7.1f ms%n", request, status, without / 1e6, best / 1e6);
    check(request + " is a hit: " + status, status.contains("; hit"));
    check(request + " has the same body", hit.body().equals(miss.body()));
  }

  private void beans() throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(gateway.pid()));
    JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
    machine.detach();
    try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      print(server, "dev.slipstream:type=HttpCache", "Requests", "Hits", "Misses", "Bypasses", "Stores", "HitRatio");
      print(server, "dev.slipstream:type=Cache,name=l1", "Entries", "MemoryUsageBytes", "MaxMemoryBytes");
      print(server, "dev.slipstream:type=Agent", "Version", "Enabled", "Errors", "WovenTargets");
      ObjectName cache = new ObjectName("dev.slipstream:type=HttpCache");
      long requests = (Long) server.getAttribute(cache, "Requests");
      long hits = (Long) server.getAttribute(cache, "Hits");
      long misses = (Long) server.getAttribute(cache, "Misses");
      long bypasses = (Long) server.getAttribute(cache, "Bypasses");
      check("every exchange is counted once", requests == hits + misses + bypasses);
      check("at least 100 hits were counted: " + hits, hits >= 100);
      Object errors = server.getAttribute(new ObjectName("dev.slipstream:type=Agent"), "Errors");
      check("the agent had no error: " + errors, errors.equals(0L));
    }
  }

  private static void print(MBeanServerConnection server, String bean, String... attributes)
      throws Exception {
    OUT.println("  " + bean);
    for (String attribute : attributes) {
      Object value = server.getAttribute(new ObjectName(bean), attribute);
      OUT.printf("    %-18s %s%n", attribute, value instanceof String[] many ? List.of(many) : value);
    }
  }

  private long backendCalls() throws Exception {
    String digits = get("/backend/calls", null).body().replaceAll("\\D", "");
    return Long.parseLong(digits);
  }

  private HttpResponse<String> get(String path, String user) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    if (user != null) {
      byte[] credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void check(String what, boolean holds) {
    if (!holds) {
      failures.add(what);
    }
  }

  private void stop() {
    if (gateway != null) {
      gateway.destroy();
    }
  }
}
