package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.gateway.Style;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What JMX clients of others read, without a jar of ours, from one gateway with a Redis and some
 * traffic: every attribute of every bean, with its description.
 */
final class JmxClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> NUMBERS =
      Set.of("long", "int", "double", "java.lang.Long", "java.lang.Integer", "java.lang.Double");

  @TempDir private static Path folder;
  private static RedisServer redis;
  private static GatewayProcess gateway;
  private static ManagementClient management;
  private static Map<ObjectName, MBeanInfo> infos;
  private static int jolokia;
  private static int exporter;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.start(folder);
    jolokia = RedisServer.freePort();
    exporter = RedisServer.freePort();
    Path rules =
        Files.writeString(
            folder.resolve("exporter.yaml"),
            "includeObjectNames: [\"dev.slipstream:*\"]\nrules: [{pattern: \".*\"}]\n");
    Container container = Container.TOMCAT_11;
    gateway =
        GatewayProcess.of(container)
            .agent("redis_url=redis://127.0.0.1:" + redis.port())
            .jvmOption(
                "-javaagent:"
                    + OtherAgentsTest.jar("jolokia-agent-jvm")
                    + "=host=127.0.0.1,port="
                    + jolokia)
            .jvmOption(
                "-javaagent:"
                    + OtherAgentsTest.jar("jmx_prometheus_javaagent")
                    + "=127.0.0.1:"
                    + exporter
                    + ":"
                    + rules)
            .start();
    String context = container.contextPaths().get(0);
    gateway.awaitAgent(context);
    management = ManagementClient.of(gateway);
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      for (String scenario : List.of("print", "counter", "no-store", "print", "counter")) {
        connection.get(GatewayPairTest.path(context, Style.SYNC, scenario));
      }
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                management.isRegistered("type=Cache,name=l2")
                    && Boolean.TRUE.equals(management.get("type=Cache,name=l2", "Connected"))
                    && management.get("type=System", "SampledAtMillis") != null
                    && management.infos().keySet().stream()
                        .anyMatch(name -> "Endpoint".equals(name.getKeyProperty("type"))));
    infos = management.infos();
    assertThat(infos).hasSizeGreaterThan(25);
  }

  @AfterAll
  static void stop() throws IOException {
    management.close();
    gateway.close();
    redis.close();
  }

  private static Stream<MBeanFeatureInfo> features(MBeanInfo info) {
    Stream<MBeanFeatureInfo> operations =
        Stream.of(info.getOperations())
            .flatMap(one -> Stream.concat(Stream.of(one), Stream.of(one.getSignature())));
    return Stream.of(
            Stream.<MBeanFeatureInfo>of(info.getAttributes()),
            operations,
            Stream.<MBeanFeatureInfo>of(info.getNotifications()))
        .flatMap(all -> all);
  }

  @Test
  void everything_isDescribed() {
    infos.forEach(
        (name, info) ->
            assertThat(features(info))
                .as("%s", name)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getDescription()).contains(" ")));
  }

  @Test
  void jmxterm_readsEveryAttribute_andShowsDescriptions() throws Exception {
    String script =
        infos.keySet().stream()
            .map(
                name ->
                    "bean "
                        + name.toString().replace("\"", "\\\"").replace(" ", "\\ ")
                        + "\ninfo -e\nget *\n")
            .collect(Collectors.joining());
    String output = jmxterm(script + "bean dev.slipstream:type=Cache\nrun search * l1 10\n");

    assertThat(output).doesNotContain("Could not get attribute", "Exception");
    String[] sections = output.split("#bean is set to ");
    assertThat(sections).hasSize(infos.size() + 2);
    int next = 1;
    for (Map.Entry<ObjectName, MBeanInfo> bean : infos.entrySet()) {
      String section = sections[next++];
      assertThat(section).contains("description: " + bean.getValue().getDescription());
      for (MBeanAttributeInfo attribute : bean.getValue().getAttributes()) {
        assertThat(section)
            .contains(
                " - " + attribute.getName() + " (" + attribute.getType(),
                ", " + attribute.getDescription() + "\n",
                "\n" + attribute.getName() + " = ");
      }
      for (MBeanOperationInfo operation : bean.getValue().getOperations()) {
        assertThat(section).contains("), " + operation.getDescription() + "\n");
        for (MBeanParameterInfo parameter : operation.getSignature()) {
          assertThat(section)
              .contains(parameter.getName() + ": " + parameter.getDescription() + "\n");
        }
      }
    }
    assertThat(sections[next]).contains("key = apigw:http_responses:GET:", "ttlMillis = ");
  }

  private static String jmxterm(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("script"), script);
    Path output = folder.resolve("output");
    File jar;
    try (var jars = Files.list(Path.of("target", "jmx-clients"))) {
      jar = jars.findFirst().orElseThrow().toFile();
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-exports",
                "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED",
                "-jar",
                jar.getAbsolutePath(),
                "-l",
                Long.toString(gateway.pid()),
                "-n",
                "-i",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  @Test
  void jolokia_readsEveryAttribute_andListsDescriptions() throws Exception {
    String values = read(jolokia, "/jolokia/read/dev.slipstream:*");
    assertThat(values).contains("\"status\":200").doesNotContain("\"ERROR", "error_type");
    String list = read(jolokia, "/jolokia/list/dev.slipstream").replace("\\/", "/");
    assertThat(list).contains("\"status\":200");
    infos.forEach(
        (name, info) -> {
          assertThat(list).contains("\"desc\":" + json(info.getDescription()));
          features(info)
              .forEach(one -> assertThat(list).contains("\"desc\":" + json(one.getDescription())));
          for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertThat(values).contains("\"" + attribute.getName() + "\":");
          }
        });
    assertThat(
            read(
                jolokia,
                "/jolokia/exec/dev.slipstream:type=Rules/test(java.lang.String,java.lang.String)/GET/!/a"))
        .contains("\"status\":200", "\"decision\":");
  }

  private static String json(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }

  @Test
  void prometheusExporter_exportsEveryNumber_withDescriptions() throws Exception {
    String metrics = read(exporter, "/metrics");
    assertThat(metrics).contains("\njmx_scrape_error 0.0\n");
    for (Map.Entry<ObjectName, MBeanInfo> bean : infos.entrySet()) {
      for (MBeanAttributeInfo attribute : bean.getValue().getAttributes()) {
        if (NUMBERS.contains(attribute.getType()) && isThere(bean.getKey(), attribute)) {
          isExported(metrics, bean.getKey(), attribute);
        }
      }
    }
  }

  private static boolean isThere(ObjectName bean, MBeanAttributeInfo attribute)
      throws IOException, JMException {
    return management.get(bean, attribute.getName()) != null;
  }

  private static void isExported(String metrics, ObjectName bean, MBeanAttributeInfo attribute) {
    String metric = "dev_slipstream_" + bean.getKeyProperty("type") + "_" + attribute.getName();
    String name = bean.getKeyProperty("name");
    String label = name == null ? "" : name.replace("\"", "\\\"");
    assertThat(metrics.lines())
        .as("%s of %s", attribute.getName(), bean)
        .anyMatch(
            line ->
                line.startsWith(metric)
                    && (name == null
                        ? line.startsWith(metric + " ")
                        : line.contains("name=\"" + label + "\"")));
    assertThat(metrics.lines())
        .anyMatch(
            line -> line.startsWith("# HELP " + metric + " ") && line.split(" ", 5).length == 5);
  }

  private static String read(int port, String target) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      return connection.get(target).text();
    }
  }
}
