package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Protocol.Command;

/** What requests ask of the server, by the server's own log of all commands. */
class RoundTripsTest {
  private static final int TIMES = 200;
  private static final String PREFIX = "apigw:n:";
  private static final String PLAINLY_READ = "hmget " + PREFIX;

  @TempDir private static Path directory;
  private static RedisProcess redis;
  private static Node node;

  enum Form {
    PLAIN("short"),
    COMPRESSED("long ".repeat(1_000));

    private final String text;

    Form(String text) {
      this.text = text;
    }

    String key() {
      return PREFIX + name();
    }
  }

  /** A command as the server noted it. */
  private record Noted(String command, String connection) {
    boolean concernsEntries() {
      return List.of("apigw:n:", "apigw:_k", "apigw:_t", "apigw:_u", "apigw:_inv").stream()
          .anyMatch(command::contains);
    }
  }

  @BeforeAll
  static void start() {
    redis = RedisProcess.start(directory);
    redis.command(Command.CONFIG, "SET", "slowlog-log-slower-than", "0");
    redis.command(Command.CONFIG, "SET", "slowlog-max-len", "5000");
    node = Node.framing(redis.port(), directory.resolve("node.log")).ready(1);
    for (Form form : Form.values()) {
      store(form.key(), form.text);
      await()
          .atMost(Tiers.PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> asked(() -> hit(form)).equals(List.of(PLAINLY_READ + form)));
    }
  }

  @AfterAll
  static void stop() {
    node.close();
    redis.close();
  }

  private static void store(String key, String text) {
    long settled = node.settled();
    node.cache.put(key, Node.text(text, "users"), node.cache.mark());
    node.awaitSettled(settled + 1);
  }

  private static void hit(Form form) {
    node.cache.drop(form.key());
    assertThat(node.get(form.key())).isEqualTo(form.text);
  }

  /** What the server is told of entries while something runs. */
  private static List<String> asked(Runnable work) {
    return noted(work).stream()
        .filter(Noted::concernsEntries)
        .map(noted -> noted.command().replaceFirst(" v i f t$", ""))
        .toList();
  }

  private static List<Noted> noted(Runnable work) {
    redis.command(Command.SLOWLOG, "RESET");
    work.run();
    List<Noted> all = new ArrayList<>();
    for (Object one : (List<?>) redis.command(Command.SLOWLOG, "GET", "5000")) {
      List<?> parts = (List<?>) one;
      List<String> words =
          ((List<?>) parts.get(3)).stream().map(RoundTripsTest::text).collect(Collectors.toList());
      words.set(0, words.get(0).toLowerCase(Locale.ROOT));
      String connection = text(parts.get(4));
      if (connection.startsWith("127.0.0.1:")) { // else a script's own commands
        all.add(new Noted(String.join(" ", words), connection));
      }
    }
    Collections.reverse(all);
    return all;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void get_ofWhatIsInRedis_isOneCommandAndWritesNothing(Form form) {
    int stored = form.text.length();
    long there = (Long) redis.command(Command.HSTRLEN, form.key(), "v");
    assertThat(there < stored).as("compressed").isEqualTo(form == Form.COMPRESSED);

    assertThat(asked(() -> repeated(form)))
        .isEqualTo(Collections.nCopies(TIMES, PLAINLY_READ + form));
  }

  /** Keepers look after idle connections, at most one each second. */
  @Test
  void get_ofWhatIsInRedis_takesOneRoundTripOnItsConnection() {
    List<Noted> all = noted(() -> repeated(Form.PLAIN));
    Set<String> connections =
        all.stream()
            .filter(noted -> noted.command().startsWith(PLAINLY_READ))
            .map(Noted::connection)
            .collect(Collectors.toSet());
    assertThat(
            all.stream()
                .filter(noted -> connections.contains(noted.connection()))
                .filter(noted -> !noted.command().equals("ping")))
        .hasSize(TIMES);
  }

  private static void repeated(Form form) {
    for (int i = 0; i < TIMES; i++) {
      hit(form);
    }
  }

  @Test
  void get_ofWhatIsNowhere_isOneCommandAndTheStoreOneMore() {
    String key = PREFIX + "new";
    List<String> asked =
        asked(
            () -> {
              assertThat(node.get(key)).isNull();
              store(key, "made");
            });
    assertThat(asked).hasSize(2);
    assertThat(asked.get(0)).isEqualTo(PLAINLY_READ + "new");
    assertThat(asked.get(1)).startsWith("evalsha ").contains(key);
  }
}
