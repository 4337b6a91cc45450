package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.AgentLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReloaderTest {
  private final TestGateway gateway = new TestGateway();
  private final List<String> defaults =
      RulesFile.defaults().rules().stream().map(CacheRule::name).toList();
  private final AtomicReference<List<MethodRule>> methods = new AtomicReference<>(List.of());
  @TempDir Path directory;
  private Path rules;
  private Path logged;
  private AgentLog log;
  private long writes;

  @BeforeEach
  void nameFiles() {
    rules = directory.resolve("rules.yaml");
    logged = directory.resolve("agent.log");
    log = AgentLog.to(logged, LogLevel.INFO, gateway.clock);
  }

  @Test
  void new_putsTheDefaultsInForce() throws IOException {
    reloader(false, true);

    assertThat(names()).isEqualTo(defaults).isNotEmpty();
    assertThat(Files.readString(logged)).isEmpty();
  }

  @Test
  void new_defaultsTurnedOff_areNone() {
    reloader(false, false);

    assertThat(names()).isEmpty();
  }

  @Test
  void poll_ownRules_comeBeforeTheDefaults() throws IOException {
    write("rules: [{name: own, pattern: /own}, {name: " + defaults.get(0) + ", pattern: /mine}]");
    RuleReloader reloader = reloader(true, true);

    reloader.poll();

    assertThat(names().subList(0, 2)).containsExactly("own", defaults.get(0));
    assertThat(names().subList(2, names().size())).isEqualTo(defaults.subList(1, defaults.size()));
    assertThat(gateway.cache.rules().rules().get(1).pattern()).hasToString("/mine");
    assertThat(reloader.problems()).isEmpty();
  }

  @Test
  void poll_fileThatChanges_isPickedUp() throws IOException {
    write("rules: [{name: one, pattern: /one}]");
    RuleReloader reloader = reloader(true, false);
    reloader.poll();
    assertThat(names()).containsExactly("one");

    write("rules: [{name: two, pattern: /two}]");
    reloader.poll();

    assertThat(names()).containsExactly("two");
    assertThat(Files.readAllLines(logged))
        .hasSize(2)
        .allMatch(line -> line.contains(" INFO ") && line.contains("1 "));
  }

  @Test
  void poll_fileThatDoesNotChange_changesNothing() throws IOException {
    write("rules: [{name: one, pattern: /one}]");
    RuleReloader reloader = reloader(true, false);
    reloader.poll();
    var inForce = gateway.cache.rules();

    reloader.poll();
    reloader.poll();

    assertThat(gateway.cache.rules()).isSameAs(inForce);
    assertThat(Files.readAllLines(logged)).hasSize(1);
  }

  @Test
  void poll_brokenEdit_keepsTheLastGoodRulesAndSaysSo() throws IOException {
    write("rules: [{name: one, pattern: /one}]");
    RuleReloader reloader = reloader(true, true);
    reloader.poll();
    List<String> good = names();

    write("rules: [{name: two, pattern: /two}, {name: three, patern: /three}]");
    reloader.poll();
    reloader.poll();

    assertThat(names()).isEqualTo(good).startsWith("one");
    assertThat(reloader.problems()).isNotEmpty();
    assertThat(Files.readAllLines(logged).stream().filter(line -> line.contains(" WARN ")))
        .hasSize(reloader.problems().size())
        .anyMatch(line -> line.contains("rules.yaml:1:") && line.contains("\"patern\""));

    write("rules: [{name: three, pattern: /three}]");
    reloader.poll();
    assertThat(names()).startsWith("three");
    assertThat(reloader.problems()).isEmpty();
  }

  @Test
  void poll_rulesForMethods_areHandedOn() throws IOException {
    write("cached_methods: [{method: com.example.Users#find, ttl: 1m}]");
    RuleReloader reloader = reloader(true, false);
    reloader.poll();
    assertThat(methods.get())
        .extracting(rule -> rule.method().toString())
        .containsExactly("com.example.Users#find");

    write("cached_methods: [{method: com.example.Users, ttl: 1m}]");
    reloader.poll();
    assertThat(methods.get()).as("those in force").hasSize(1);
    assertThat(reloader.problems()).hasSize(1);

    write("");
    reloader.poll();
    assertThat(methods.get()).isEmpty();
  }

  @Test
  void poll_fileThatIsNotThere_isAProblemOnlyIfItWasNamed() throws IOException {
    RuleReloader unnamed = reloader(false, true);
    unnamed.poll();
    assertThat(unnamed.problems()).isEmpty();
    assertThat(Files.readString(logged)).isEmpty();

    RuleReloader named = reloader(true, true);
    named.poll();
    named.poll();
    assertThat(named.problems()).hasSize(1);
    assertThat(Files.readAllLines(logged)).hasSize(1).first().asString().contains(" WARN ");
    assertThat(names()).isEqualTo(defaults);
  }

  @Test
  void poll_fileThatVanishes_keepsTheRules() throws IOException {
    write("rules: [{name: one, pattern: /one}]");
    RuleReloader reloader = reloader(true, false);
    reloader.poll();

    Files.delete(rules);
    reloader.poll();

    assertThat(names()).containsExactly("one");
    assertThat(reloader.problems()).hasSize(1);
  }

  private RuleReloader reloader(boolean named, boolean withDefaults) {
    return new RuleReloader(
        new Settings.Rules(rules, named, withDefaults),
        gateway.cache,
        methods::set,
        log,
        gateway.clock);
  }

  private List<String> names() {
    return gateway.cache.rules().rules().stream().map(CacheRule::name).toList();
  }

  /** Each write is a second later, for file systems that do not keep fractions. */
  private void write(String text) throws IOException {
    Files.writeString(rules, text);
    Files.setLastModifiedTime(rules, FileTime.fromMillis(++writes * 1_000));
  }
}
