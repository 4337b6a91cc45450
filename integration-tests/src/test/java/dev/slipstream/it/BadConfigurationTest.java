package dev.slipstream.it;

import static dev.slipstream.it.GatewayPairTest.assertHit;
import static dev.slipstream.it.GatewayPairTest.assertMiss;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is wrong in a setting is said in one line on standard error and by JMX, without secrets, and
 * the gateway serves: with the default where a value is bad.
 *
 * <p>As many mistakes as one JVM can have share it; they start side by side.
 */
final class BadConfigurationTest {
  private static final Path FOLDER = Path.of("target", "bad-configuration");
  private static final String SECRET = "geheim";
  private static final String SIZES = "in B, KB, MB, GB";
  private static final String TIMES = "in ms, s, m, h, d (a plain number is in s)";
  private static final String FLAG = "accepted: true or false";
  private static final String REDIS =
      "accepted: redis://[user:password@]host[:port][/database], redis-cluster://host,host,"
          + " redis-sentinel://host,host/master, the same with rediss for TLS, or none;"
          + " the default none is used";
  private static final String YAML_FILE =
      "accepted: a readable YAML file in UTF-8 of at most 1MB; the file is not used";
  private static final String YAML =
      "accepted: one well-formed YAML document; the file is not used";
  private static final String REJECTED = "the whole file is rejected and the rules in force stay";

  /**
   * What a gateway said.
   *
   * @param warnings the agent's warnings on standard error, without time
   * @param reported the problems by JMX
   * @param exported everything by JMX
   */
  private record Said(List<String> warnings, List<String> reported, String exported) {}

  /** A gateway, how it is badly configured, and what it has to say. */
  private static final class Case {
    private final String name;
    private final Path folder;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable GatewayProcess gateway;
    private Said said = new Said(List.of(), List.of(), "");

    Case(String name) {
      this.name = name;
      this.folder = FOLDER.resolve(name.replace(' ', '-'));
    }

    Case argument(String argument) {
      arguments.add(argument);
      return this;
    }

    Case property(String property, String value) {
      properties.put(property, value);
      return this;
    }

    Case variable(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    /** Names the file by the setting and writes it. */
    Case file(String setting, String content) {
      return file(setting, content.getBytes(StandardCharsets.UTF_8));
    }

    Case file(String setting, byte[] content) {
      try {
        Files.createDirectories(folder);
        Files.write(path(setting), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return argument(setting + "=" + path(setting));
    }

    /** Names a path by the setting where there is no file. */
    Case missing(String setting) {
      return argument(setting + "=" + path(setting));
    }

    /** Names a folder by the setting. */
    Case folder(String setting) {
      try {
        Files.createDirectories(path(setting));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return argument(setting + "=" + path(setting));
    }

    private Path path(String setting) {
      return folder.resolve(setting + ".yaml");
    }

    /** Expects a line; {@code <setting>} in it is the path of that setting's file. */
    Case says(String problem) {
      String said = problem;
      for (String setting : List.of("config", "cache_rules_config_file")) {
        said = said.replace("<" + setting + ">", path(setting).toString());
      }
      problems.add(said);
      return this;
    }

    void start() {
      GatewayProcess.Builder builder = GatewayProcess.of(Container.TOMCAT_11);
      properties.forEach((key, value) -> builder.jvmOption("-D" + key + "=" + value));
      environment.forEach(builder::environment);
      gateway = builder.agent(arguments.toArray(new String[0])).start();
    }

    void observe() throws IOException, JMException {
      gateway().awaitAgent("/jakarta");
      try (ManagementClient management = ManagementClient.of(gateway())) {
        String[] reported = (String[]) management.get("type=Agent", "ConfigurationProblems");
        said = new Said(warnings(), List.of(reported), management.everything());
      }
    }

    private List<String> warnings() {
      return gateway().standardError().stream()
          .filter(line -> line.startsWith("[slipstream] "))
          .map(line -> line.split(" ", 4))
          .filter(parts -> parts[2].equals("WARN") || parts[2].equals("ERROR"))
          .map(parts -> parts[3])
          .toList();
    }

    GatewayProcess gateway() {
      return Objects.requireNonNull(gateway);
    }

    void stop() {
      if (gateway != null) {
        gateway.close();
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** In the order of their names. */
  private static final List<String> UNKNOWN =
      IntStream.range(10, 34).mapToObj(i -> "slipstream.unknown" + i).toList();

  private static final Case TOO_MANY = tooMany();

  private static final List<Case> CASES = cases();

  private static Case tooMany() {
    Case tooMany =
        new Case("too many mistakes")
            .argument("redis_url=redis://:" + SECRET + "%zz@cache")
            .says(
                "settings: 5 more problems; accepted: see the first 20; they are not listed here");
    UNKNOWN.forEach(property -> tooMany.property(property, "1"));
    UNKNOWN.stream()
        .limit(20)
        .forEach(
            property ->
                tooMany.says(
                    "system property "
                        + property
                        + ": unknown setting \""
                        + property.substring("slipstream.".length())
                        + "\"; accepted: the names in docs/configuration.md; it is ignored"));
    return tooMany;
  }

  private static List<Case> cases() {
    return List.of(
        new Case("agent arguments")
            .argument("loud")
            .argument("log_level=loud")
            .argument("enabled=maybe")
            .argument("enabled=false")
            .argument("l2_budget=0")
            .argument("cache_mode=sometimes")
            .argument("key.host=2")
            .argument("redis_ulr=redis://:" + SECRET + "@cache")
            .argument("redis_url=http://user:" + SECRET + "@cache:6379")
            .argument("colour=blue")
            .missing("config")
            .says(
                "agent argument 1: has no key; accepted: key=value pairs separated by commas, with"
                    + " \"\\,\" for a comma inside a value; it is ignored")
            .says(
                "agent argument 4: \"enabled\" is given twice; accepted: each key once;"
                    + " the first value is used")
            .says(
                "agent arguments: unknown agent argument \"colour\"; accepted: the names in"
                    + " docs/configuration.md; it is ignored")
            .says(
                "agent arguments: unknown agent argument \"redis_ulr\"; accepted: \"redis_url\""
                    + " (did you mean this?); it is ignored")
            .says("<config>: the file does not exist; " + YAML_FILE)
            .says(
                "agent argument enabled: enabled: \"maybe\" is not true or false; "
                    + FLAG
                    + "; the default true is used")
            .says(
                "agent argument log_level: log_level: \"loud\" is not one of them;"
                    + " accepted: debug, info, warn or error; the default info is used")
            .says(
                "agent argument redis_url: redis_url: the value does not begin with a known"
                    + " scheme; "
                    + REDIS)
            .says(
                "agent argument l2_budget: l2_budget: \"0\" is out of bounds; accepted: 1ms to"
                    + " 10s, in ms, s, m, h, d (a plain number is in ms); the default 50 is used")
            .says(
                "agent argument cache_mode: cache_mode: \"sometimes\" is not one of them;"
                    + " accepted: serve, observe or off; the default serve is used")
            .says(
                "agent argument key_host: key_host: \"2\" is not true or false; "
                    + FLAG
                    + "; the default true is used"),
        new Case("system properties")
            .property("slipstream.redis.url", "redis://:" + SECRET + "@bad host:6379/0")
            .property("slipstream.redis_url", "redis://:" + SECRET + "@other")
            .property("slipstream.cach_mode", "off")
            .property("slipstream.max_body", "1TB")
            .property("slipstream.credential_headers", "X-Team, X Team")
            .property("slipstream.harmless_cookies", "theme,a;b")
            .property("slipstream.performance.cpu_threshold", "0")
            .property("slipstream.performance_memory_threshold", "101%")
            .property("slipstream.performance_gc_threshold", "seventy")
            .property("slipstream.log_level", " ")
            .folder("config")
            .missing("cache_rules_config_file")
            .says(
                "system property slipstream.redis_url: \"redis_url\" is given twice;"
                    + " accepted: each setting once; the first value is used")
            .says(
                "system property slipstream.cach_mode: unknown setting \"cach_mode\";"
                    + " accepted: \"cache_mode\" (did you mean this?); it is ignored")
            .says("<config>: the file cannot be read; " + YAML_FILE)
            .says(
                "system property slipstream.redis.url: redis_url: the value does not name the"
                    + " host; "
                    + REDIS)
            .says(
                "system property slipstream.max_body: max_body: \"1TB\" is not a size;"
                    + " accepted: 1B to 256MB, "
                    + SIZES
                    + " (a plain number is in B); the default 1MB is used")
            .says(
                "system property slipstream.credential_headers: credential_headers: \"X-Team, X"
                    + " Team\" is not the name of a header field; accepted: names of header"
                    + " fields, separated by commas, or none; the default"
                    + " X-API-Key,X-Auth-Token,X-Forwarded-User is used")
            .says(
                "system property slipstream.harmless_cookies: harmless_cookies: \"theme,a;b\" is"
                    + " not a name or pattern; accepted: names, with * for any characters and ?"
                    + " for one, separated by commas, or none; the default is used")
            .says(
                "system property slipstream.performance.cpu_threshold: performance_cpu_threshold:"
                    + " \"0\" is out of bounds; accepted: 1 to 100, in percent;"
                    + " the default 80 is used")
            .says(
                "system property slipstream.performance_memory_threshold:"
                    + " performance_memory_threshold: \"101%\" is out of bounds;"
                    + " accepted: 1 to 100, in percent; the default 85 is used")
            .says(
                "system property slipstream.performance_gc_threshold: performance_gc_threshold:"
                    + " \"seventy\" is not a whole number; accepted: 1 to 100, in percent;"
                    + " the default 70 is used")
            .says(
                "<cache_rules_config_file>: the file does not exist; accepted: a readable YAML"
                    + " file; "
                    + REJECTED),
        new Case("environment")
            .variable("REDIS_URL", "redis://" + SECRET + "@cache")
            .variable("REDIS_MAX_CONNECTIONS", "1.5")
            .variable("REDIS_SOCKET_TIMEOUT", "1ms")
            .variable("REDIS_HEALTH_CHECK_INTERVAL", "2h")
            .variable("CACHE_DEFAULT_TTL", "abc")
            .variable("SLIPSTREAM_CACHE_MAX_MEMORY_MB", "0")
            .variable("CACHE_MAX_MEMORY_MB", "64")
            .variable("CACHE_COMPRESSION_THRESHOLD", "-1")
            .variable("CACHE_COMPRESSION_TYPE", "brotli")
            .variable("CACHE_KEY_PREFIX", "a:b")
            .variable("CACHE_RULES_DEFAULTS", "none")
            .variable("PERFORMANCE_OPTIMIZATION_LEVEL", "maximum")
            .variable("PERFORMANCE_MONITORING_INTERVAL", "1w")
            .variable("CACHING_MIDDLEWARE_ENABLED", "enabled")
            .variable("SMART_CACHING_ENABLED", "truee")
            .variable("ADAPTIVE_TTL_ENABLED", "-")
            .variable("SLIPSTREAM_REDIS_ULR", "redis://:" + SECRET + "@cache")
            .variable("SLIPSTREAM_COLOUR", "blue")
            .variable("SLIPSTREAM_CONSOLE_SERVICE_HOST", "10.0.0.1")
            .file("config", new byte[] {'a', ':', ' ', '1', '\n', (byte) 0xff, (byte) 0xfe})
            .folder("cache_rules_config_file")
            .says(
                "environment: unknown variable \"SLIPSTREAM_COLOUR\"; accepted: the names in"
                    + " docs/configuration.md; it is ignored")
            .says(
                "environment: unknown variable \"SLIPSTREAM_REDIS_ULR\"; accepted:"
                    + " \"SLIPSTREAM_REDIS_URL\" (did you mean this?); it is ignored")
            .says("<config>:2:1: the file is not UTF-8; " + YAML_FILE)
            .says(
                "environment REDIS_URL: redis_url: the value has a user without a password; "
                    + REDIS)
            .says(
                "environment REDIS_MAX_CONNECTIONS: redis_max_connections: \"1.5\" is not a whole"
                    + " number; accepted: 1 to 1000; the default 20 is used")
            .says(
                "environment REDIS_SOCKET_TIMEOUT: redis_socket_timeout: \"1ms\" is out of bounds;"
                    + " accepted: 100ms to 1m, "
                    + TIMES
                    + "; the default 5 is used")
            .says(
                "environment REDIS_HEALTH_CHECK_INTERVAL: redis_health_check_interval: \"2h\" is"
                    + " out of bounds; accepted: 1s to 1h, "
                    + TIMES
                    + "; the default 30 is used")
            .says(
                "environment CACHE_DEFAULT_TTL: cache_default_ttl: \"abc\" is not a duration;"
                    + " accepted: 1s to 365d, "
                    + TIMES
                    + "; the default 3600 is used")
            .says(
                "environment SLIPSTREAM_CACHE_MAX_MEMORY_MB: cache_max_memory_mb: \"0\" is out of"
                    + " bounds; accepted: 1MB to 1024GB, "
                    + SIZES
                    + " (a plain number is in MB); the default 100 is used")
            .says(
                "environment CACHE_COMPRESSION_THRESHOLD: cache_compression_threshold: \"-1\" is"
                    + " not a size; accepted: 0B to 256MB, "
                    + SIZES
                    + " (a plain number is in B); the default 1024 is used")
            .says(
                "environment CACHE_COMPRESSION_TYPE: cache_compression_type: \"brotli\" is not one"
                    + " of them; accepted: none, zlib or gzip; the default zlib is used")
            .says(
                "environment CACHE_KEY_PREFIX: cache_key_prefix: \"a:b\" is not a key prefix;"
                    + " accepted: 1 to 64 letters, digits, \"-\", \"_\" and \".\";"
                    + " the default apigw is used")
            .says(
                "environment CACHING_MIDDLEWARE_ENABLED: caching_middleware_enabled: \"enabled\""
                    + " is not true or false; "
                    + FLAG
                    + "; the default true is used")
            .says(
                "environment SMART_CACHING_ENABLED: smart_caching_enabled: \"truee\" is not true"
                    + " or false; "
                    + FLAG
                    + "; the default true is used")
            .says(
                "environment ADAPTIVE_TTL_ENABLED: adaptive_ttl_enabled: \"-\" is not true or"
                    + " false; "
                    + FLAG
                    + "; the default true is used")
            .says(
                "environment CACHE_RULES_DEFAULTS: cache_rules_defaults: \"none\" is not true or"
                    + " false; "
                    + FLAG
                    + "; the default true is used")
            .says(
                "environment PERFORMANCE_OPTIMIZATION_LEVEL: performance_optimization_level:"
                    + " \"maximum\" is not one of them; accepted: conservative, balanced,"
                    + " aggressive or adaptive; the default balanced is used")
            .says(
                "environment PERFORMANCE_MONITORING_INTERVAL: performance_monitoring_interval:"
                    + " \"1w\" is not a duration; accepted: 1s to 1h, "
                    + TIMES
                    + "; the default 5 is used")
            .says(
                "<cache_rules_config_file>: the file cannot be read; accepted: a readable YAML"
                    + " file in UTF-8 of at most 1MB; "
                    + REJECTED),
        new Case("settings file")
            .file(
                "config",
                """
                redis:
                  ulr: redis://:<secret>@cache
                  url: redis://:<secret>@cache:66000
                cache_mode: serve
                cache_mode: off
                config: other.yaml
                credential_headers: [[X-Team]]
                ? [a, b]
                : 1
                one: {two: {three: {four: {five: 1}}}}
                cache:
                  max:
                    memory_mb: 2TB
                    memory: 1
                adaptive_ttl_enabled: [true, false]
                log_level:
                """
                    .replace("<secret>", SECRET))
            .file("cache_rules_config_file", new byte[] {'r', (byte) 0x80, 'u'})
            .says(
                "<config>:7:21: \"credential_headers\" is a list of more than plain values;"
                    + " accepted: a value or a list of values; it is ignored")
            .says(
                "<config>:5:1: \"cache_mode\" is given twice; accepted: each setting once;"
                    + " the first value is used")
            .says(
                "<config>:8:3: not the name of a setting; accepted: name: value, one on a line;"
                    + " it is ignored")
            .says(
                "<config>:10:28: not the name of a setting; accepted: name: value, one on a line;"
                    + " it is ignored")
            .says(
                "<config>:2:3: unknown setting \"redis_ulr\"; accepted: \"redis_url\" (did you"
                    + " mean this?); it is ignored")
            .says(
                "<config>:6:1: unknown setting \"config\"; accepted: the names in"
                    + " docs/configuration.md; it is ignored")
            .says(
                "<config>:14:5: unknown setting \"cache_max_memory\"; accepted:"
                    + " \"cache_max_memory_mb\" (did you mean this?); it is ignored")
            .says("<config>:3:3: redis_url: the value has a port that is not 1 to 65535; " + REDIS)
            .says(
                "<config>:13:5: cache_max_memory_mb: \"2TB\" is not a size; accepted: 1MB to"
                    + " 1024GB, "
                    + SIZES
                    + " (a plain number is in MB); the default 100 is used")
            .says(
                "<config>:15:1: adaptive_ttl_enabled: \"true,false\" is not true or false; "
                    + FLAG
                    + "; the default true is used")
            .says(
                "<cache_rules_config_file>:1:2: the file is not UTF-8; accepted: a readable YAML"
                    + " file in UTF-8 of at most 1MB; "
                    + REJECTED),
        new Case("settings file with a bracket left open")
            .file("config", "cache_mode: serve\ncredential_headers: [X-Team\nredis: " + SECRET)
            .argument("redis_url=redis://:" + SECRET + "@cache/99999")
            .says("<config>:3:6: YAML syntax: expected ',' or ']', but got :; " + YAML)
            .says(
                "agent argument redis_url: redis_url: the value has a database that is not 0 to"
                    + " 65535; "
                    + REDIS),
        new Case("settings file with a tab")
            .file("config", "redis:\n\turl: redis://:" + SECRET + "@cache\n")
            .argument("redis_url=redis://:" + SECRET + "@cache:1\\,other:2")
            .says(
                "<config>:2:1: YAML syntax: found character '\\t(TAB)' that cannot start any token. (Do"
                    + " not use \\t(TAB) for indentation); "
                    + YAML)
            .says(
                "agent argument redis_url: redis_url: the value has several hosts; a cluster is"
                    + " redis-cluster://; "
                    + REDIS),
        new Case("settings file with a list")
            .file("config", "- cache_mode: off\n- redis_url: redis://:" + SECRET + "@cache\n")
            .argument("redis_url=redis-cluster://:" + SECRET + "@a/3")
            .says(
                "<config>:1:1: not a map of settings; accepted: name: value, one on a line;"
                    + " the file is not used")
            .says(
                "agent argument redis_url: redis_url: the value has a database, which a cluster"
                    + " does not; "
                    + REDIS),
        new Case("settings file with a password without quotes")
            .file("config", "redis_url: *" + SECRET + "\n")
            .argument("redis_url=redis-sentinel://:" + SECRET + "@a\\,b")
            .says(
                "<config>:1:12: YAML syntax: an alias without an anchor (a value that begins with"
                    + " \"*\" needs quotes); "
                    + YAML)
            .says(
                "agent argument redis_url: redis_url: the value does not name the master; "
                    + REDIS),
        TOO_MANY,
        new Case("two documents")
            .file("config", "cache_mode: serve\n---\ncache_mode: off\n")
            .argument("redis_url=redis://cache?password=" + SECRET)
            .says("<config>:2:1: YAML syntax: but found another document; " + YAML)
            .says(
                "agent argument redis_url: redis_url: the value has parameters after the address; "
                    + REDIS));
  }

  private static final Case UNREACHABLE = unreachable();

  private static Case unreachable() {
    Case unreachable = new Case("unreachable Redis");
    String address = "127.0.0.1:" + closedPort() + "/3";
    String log = unreachable.folder.resolve("none").resolve("agent.log").toString();
    return unreachable
        .argument("redis_url=redis://user:" + SECRET + "@" + address)
        .argument("log_file=" + log);
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    gateways().forEach(Case::start);
    for (Case badlyConfigured : gateways().toList()) {
      badlyConfigured.observe();
    }
  }

  @AfterAll
  static void stop() {
    gateways().forEach(Case::stop);
  }

  static Stream<Case> gateways() {
    return Stream.concat(CASES.stream(), Stream.of(UNREACHABLE));
  }

  static Stream<Arguments> problems() {
    return CASES.stream()
        .flatMap(each -> each.problems.stream().map(problem -> Arguments.of(each, problem)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("problems")
  void problem_isSaidOnce_inOneLineAndByJmx(Case badlyConfigured, String problem) {
    assertThat(badlyConfigured.said.warnings()).containsOnlyOnce(problem);
    assertThat(badlyConfigured.said.reported()).containsOnlyOnce(problem);
  }

  @ParameterizedTest
  @MethodSource("gateways")
  void gateway_servesFromTheCache(Case badlyConfigured) throws IOException {
    try (HttpConnection connection = new HttpConnection(badlyConfigured.gateway().port())) {
      String target = "/jakarta/app/SYNC/print?badly-configured";
      assertMiss(connection.get(target));
      assertHit(connection.get(target));
    }
    assertThat(badlyConfigured.gateway().standardOutput()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("gateways")
  void secret_isSaidNowhere(Case badlyConfigured) {
    assertThat(badlyConfigured.said.exported())
        .contains("ConfigurationProblems=", "redis_url=")
        .doesNotContain(SECRET);
    assertThat(badlyConfigured.gateway().standardError())
        .noneSatisfy(line -> assertThat(line).contains(SECRET));
  }

  @ParameterizedTest
  @MethodSource("gateways")
  void everyWarning_isExpected(Case badlyConfigured) {
    List<String> expected = badlyConfigured.problems;
    if (badlyConfigured != UNREACHABLE) {
      assertThat(badlyConfigured.said.warnings()).containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(badlyConfigured.said.reported()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void unreachableRedisAndLogFile_areSaid() {
    assertThat(UNREACHABLE.said.warnings())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("log_file " + UNREACHABLE.folder)
                    .endsWith("logging to standard error"))
        .anySatisfy(
            line -> assertThat(line).contains("redis://127.0.0.1:", "/3 is not there", "L1"));
  }

  @Test
  void atLeastFortyKinds() {
    assertThat(problems().count()).isGreaterThanOrEqualTo(40);
  }
}
