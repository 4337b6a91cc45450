import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The demo: Redis, two sample gateways with the agent, and the console; a little traffic, and what
 * the console and JMX say of it. Run by {@code demo.sh}; uses nothing but the JDK.
 */
final class Demo {
  private static final Path AGENT = Path.of("agent/javaagent/target/slipstream-agent.jar");
  private static final Path GATEWAY = Path.of("sample-app/target/sample-gateway.jar");
  private static final Path CONSOLE = Path.of("console/target/slipstream-console.jar");
  private static final Path RULES = Path.of("integration-tests/demo/cache_rules.yaml");
  private static final Path REDIS = Path.of("integration-tests/target/redis/embedded-redis.jar");

  /** The name under which both gateways are asked, as they are behind a load balancer. */
  private static final String HOST = "gateway.example";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final PrintStream OUT = System.out;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final List<Process> started = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = new ArrayList<>();

  /** Where the console keeps the token that changes need. */
  private final Path token;

  private Demo() throws IOException {
    Path folder = Files.createTempDirectory("slipstream-demo-state");
    token = folder.resolve("console-token");
    folder.toFile().deleteOnExit();
    folder.resolve("console-audit.jsonl").toFile().deleteOnExit();
    token.toFile().deleteOnExit();
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    boolean check = List.of(arguments).contains("--check");
    Demo demo = new Demo();
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop));
    Server first = demo.run(check);
    if (check) {
      demo.failures.forEach(failure -> OUT.println("FAILED: " + failure));
      OUT.println(demo.failures.isEmpty() ? "demo: ok" : "demo: failed");
      System.exit(demo.failures.isEmpty() ? 0 : 1);
    }
    OUT.printf("%nIt stays up. Try:%n  curl -i -H 'Host: %s' %s/users/7%n", HOST, first.url);
    OUT.printf("  jconsole %d    (MBeans > dev.slipstream)%n", first.process.pid());
    OUT.printf(
        "  curl -X DELETE localhost:8000/api/v1/cache/flush -H \"Authorization: Bearer $(cat %s)\"%n",
        demo.token);
    OUT.println("Ctrl-C stops it.");
    first.process.waitFor();
  }

  private Server run(boolean check) throws Exception {
    String redis = startRedis();
    Server first = startGateway(check ? "0" : "8080", redis);
    Server second = startGateway(check ? "0" : "8081", redis);
    Server console = startConsole(check ? "0" : "8000");
    waitForAgent(first);
    waitForAgent(second);
    first.agentLog().forEach(OUT::println);

    showTimings(first);
    showIdentities(first);
    showSharing(first, second, console);
    showBeans(first);
    return first;
  }

  private void showTimings(Server gateway) throws Exception {
    long before = backendCalls(gateway);
    OUT.printf("%n%-40s %-34s %10s %10s%n", "request", "Cache-Status", "without", "from cache");
    compare(gateway, "/users/7", null);
    compare(gateway, "/users?page=2", null);
    compare(gateway, "/api/v1/generate/code?framework=react", null);
    compare(gateway, "/account/profile", "alice");
    compare(gateway, "/account/profile", "bob");
    OUT.printf("backend calls for these 105 requests: %d%n", backendCalls(gateway) - before);
  }

  private void showIdentities(Server gateway) throws Exception {
    String alice = gateway.get("/account/profile", "alice").body();
    String bob = gateway.get("/account/profile", "bob").body();
    check("alice gets her own account", alice.contains("alice") && !alice.contains("bob"));
    check("bob gets his own account", bob.contains("bob") && !bob.contains("alice"));
    int refused = gateway.get("/account/profile", null).statusCode();
    check("an account without a password is refused: " + refused, refused == 401);
    gateway.get("/users/me", null);
    String me = gateway.cacheStatus("/users/me");
    check("no-store is never stored: " + me, me.contains("fwd="));
  }

  /** Miss, hit in L1, hit through Redis on the other gateway, invalidation, miss there, too. */
  private void showSharing(Server first, Server second, Server console) throws Exception {
    OUT.printf("%nTwo gateways, one Redis, through the console at %s%n", console.url);
    String path = "/users/42";
    List<String> targets = new ArrayList<>();
    for (Server gateway : List.of(first, second)) {
      targets.add(await("the console finds the gateway", () -> targetOf(console, gateway)));
    }
    long writtenBefore = written(first);
    step("first gateway, first time", first.cacheStatus(path), "fwd=uri-miss");
    step("first gateway again (L1)", first.cacheStatus(path), "; hit");
    long l2Before = number(console.get(stats(targets.get(1)), null).body(), "hits");
    await("the entry reaches Redis", () -> written(first) > writtenBefore ? true : null);
    step("second gateway, first time (L2)", second.cacheStatus(path), "; hit");
    check(
        "the console counts the hit",
        number(console.get(stats(targets.get(1)), null).body(), "hits") > l2Before);

    String target = targets.get(0);
    HttpResponse<String> answer =
        console.post(
            "/api/v1/cache/invalidate?target=" + target,
            "{\"patterns\": [\"GET:" + path + ":*\"], \"reason\": \"demo\"}",
            Files.readString(token).strip());
    check(
        "without the token nothing is invalidated",
        console.post("/api/v1/cache/invalidate", "{\"tags\": [\"users\"]}", "").statusCode()
            == 401);
    OUT.printf("  invalidate %-27s %d %s%n", target, answer.statusCode(), answer.body());
    check("invalidation is answered: " + answer.statusCode(), answer.statusCode() == 200);
    String status =
        await(
            "the second gateway hears of it",
            () -> {
              String told = second.cacheStatus(path);
              return told.contains("fwd=uri-miss") ? told : null;
            });
    step("second gateway, which has heard of it", status, "fwd=uri-miss");
    OUT.println("  console says: " + console.get(stats(targets.get(0)), null).body());
  }

  private void step(String what, String cacheStatus, String expected) {
    OUT.printf("  %-38s %s%n", what, cacheStatus);
    check(what + ": " + cacheStatus, cacheStatus.contains(expected));
  }

  private static String stats(String target) {
    return "/api/v1/cache/stats?target=" + target;
  }

  /** Entries that a gateway has written to Redis. */
  private static long written(Server gateway) throws Exception {
    try (JMXConnector connector = connect(gateway)) {
      return (Long)
          connector
              .getMBeanServerConnection()
              .getAttribute(new ObjectName("dev.slipstream:type=Cache,name=l2"), "Puts");
    }
  }

  private static String targetOf(Server console, Server gateway) throws Exception {
    String targets = console.get("/api/v1/health", null).body();
    Matcher name = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]*)\"").matcher(targets);
    while (name.find()) {
      if (name.group(1).contains(Long.toString(gateway.process.pid()))) {
        return name.group(1);
      }
    }
    return null;
  }

  private static long number(String json, String name) {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
    return value.find() ? Long.parseLong(value.group(1)) : -1;
  }

  private void compare(Server gateway, String path, String user) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> miss = gateway.get(path, user);
    long without = System.nanoTime() - start;
    long best = Long.MAX_VALUE;
    HttpResponse<String> hit = miss;
    for (int i = 0; i < 20; i++) {
      start = System.nanoTime();
      hit = gateway.get(path, user);
      best = Math.min(best, System.nanoTime() - start);
    }
    String status = hit.headers().firstValue("Cache-Status").orElse("-");
    String request = path + (user == null ? "" : " (" + user + ")");
    OUT.printf("%-40s %-34s %7.1f ms %7.1f ms%n", request, status, without / 1e6, best / 1e6);
    check(request + " is a hit: " + status, status.contains("; hit"));
    check(request + " has the same body", hit.body().equals(miss.body()));
  }

  private void showBeans(Server gateway) throws Exception {
    OUT.printf("%nJMX says, without a jar of ours:%n");
    try (JMXConnector connector = connect(gateway)) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      String cache = "dev.slipstream:type=HttpCache";
      String agent = "dev.slipstream:type=Agent";
      print(server, cache, "Requests", "Hits", "Misses", "Bypasses", "Stores", "HitRatio");
      print(server, "dev.slipstream:type=Cache,name=l1", "Entries", "MemoryUsageBytes", "MaxMemoryBytes");
      print(server, "dev.slipstream:type=Cache,name=l2", "Server", "Connected", "Keys", "Puts");
      print(server, agent, "Version", "Enabled", "Errors", "WovenTargets");
      long requests = (Long) server.getAttribute(new ObjectName(cache), "Requests");
      long hits = (Long) server.getAttribute(new ObjectName(cache), "Hits");
      long misses = (Long) server.getAttribute(new ObjectName(cache), "Misses");
      long bypasses = (Long) server.getAttribute(new ObjectName(cache), "Bypasses");
      check("every exchange is counted once", requests == hits + misses + bypasses);
      check("at least 100 hits were counted: " + hits, hits >= 100);
      Object errors = server.getAttribute(new ObjectName(agent), "Errors");
      check("the agent had no error: " + errors, errors.equals(0L));
    }
  }

  private static JMXConnector connect(Server gateway) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(gateway.process.pid()));
    JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
    machine.detach();
    return JMXConnectorFactory.connect(address);
  }

  private static void print(MBeanServerConnection server, String bean, String... attributes)
      throws Exception {
    OUT.println("  " + bean);
    for (String attribute : attributes) {
      Object value = server.getAttribute(new ObjectName(bean), attribute);
      OUT.printf("    %-18s %s%n", attribute, value instanceof String[] many ? List.of(many) : value);
    }
  }

  private static long backendCalls(Server gateway) throws Exception {
    return Long.parseLong(gateway.get("/backend/calls", null).body().replaceAll("\\D", ""));
  }

  /** The agent begins to serve with the first requests: until then they pass through. */
  private static void waitForAgent(Server gateway) throws Exception {
    await(
        "the agent serves",
        () -> gateway.cacheStatus("/users/1").equals("-") ? null : Boolean.TRUE);
  }

  private String startRedis() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path log = temporary("redis");
    started.add(
        new ProcessBuilder(
                redisServer(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
    await("Redis is ready", () -> Files.readString(log).contains("Ready to accept") ? port : null);
    OUT.println("Redis on port " + port);
    return "redis://127.0.0.1:" + port;
  }

  /** A redis-server of the path, else the one that the tests bring along. */
  private static String redisServer() throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      Path candidate = Path.of(folder, "redis-server");
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    String wanted = (mac ? "darwin" : "linux") + "-" + (arm ? "arm64" : "amd64");
    try (JarFile jar = new JarFile(REDIS.toFile())) {
      JarEntry server =
          jar.stream()
              .filter(entry -> entry.getName().matches(".*redis-server-.*" + wanted))
              .findFirst()
              .orElseThrow(() -> new IOException("no redis-server for " + wanted));
      Path file = temporary("redis-server");
      try (InputStream in = jar.getInputStream(server)) {
        Files.write(file, in.readAllBytes());
      }
      if (!file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
      return file.toString();
    }
  }

  private Server startGateway(String port, String redis) throws Exception {
    String agent = "-javaagent:" + AGENT + "=cache_rules_config_file=" + RULES;
    return startJava(
        Map.of("REDIS_URL", redis), agent, "-jar", GATEWAY.toString(), "--port", port);
  }

  private Server startConsole(String port) throws Exception {
    return startJava(
        Map.of(), "-jar", CONSOLE.toString(), "--port", port, "--token-file", token.toString());
  }

  private Server startJava(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    OUT.println("$ java " + String.join(" ", command));
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path log = temporary("log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null || !line.contains("http")) {
      OUT.print(Files.readString(log));
      throw new IOException("it did not start");
    }
    OUT.println(line);
    return new Server(process, log, line.substring(line.indexOf("http")), http);
  }

  private static Path temporary(String name) throws IOException {
    Path file = Files.createTempFile("slipstream-demo-" + name, "");
    file.toFile().deleteOnExit();
    return file;
  }

  private static <T> T await(String what, Callable<T> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T value = condition.call();
      if (value != null) {
        return value;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("waited in vain: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void check(String what, boolean holds) {
    if (!holds) {
      failures.add(what);
    }
  }

  private void stop() {
    started.forEach(Process::destroy);
  }

  /** A process that answers HTTP. */
  private record Server(Process process, Path log, String url, HttpClient http) {
    HttpResponse<String> get(String path, String user) throws Exception {
      HttpRequest.Builder request = request(path);
      if (user != null) {
        byte[] credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json, String token) throws Exception {
      HttpRequest.Builder request =
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String cacheStatus(String path) throws Exception {
      return get(path, null).headers().firstValue("Cache-Status").orElse("-");
    }

    List<String> agentLog() throws IOException {
      try (Stream<String> lines = Files.lines(log)) {
        return lines.filter(line -> line.startsWith("[slipstream]")).toList();
      }
    }

    private HttpRequest.Builder request(String path) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
      return path.startsWith("/api/v1/cache") || path.startsWith("/api/v1/health")
          ? request
          : request.header("Host", HOST);
    }
  }
}
