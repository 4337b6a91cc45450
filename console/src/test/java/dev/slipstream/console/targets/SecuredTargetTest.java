package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGateway;
import dev.slipstream.console.fake.KeyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways whose connector wants a user, a password and TLS. */
class SecuredTargetTest {
  private static final String STATS = "/api/v1/cache/stats";

  @TempDir Path folder;
  @TempDir Path otherFolder;

  @Test
  void gateway_isRead_withItsOwnTrustStoreAndPassword_andWithoutEitherIsNot() throws Exception {
    KeyStores stores = KeyStores.in(folder);
    KeyStores others = KeyStores.in(otherFolder);
    Path password = secret("jmx-password", "secret");
    Path wrong = secret("wrong-password", "guessed");
    try (FakeGateway gateway =
            FakeGateway.secured(
                new FakeAgent().withTraffic(1), stores.showing(), "console", "secret");
        FakeGateway plain = FakeGateway.with(new FakeAgent())) {
      ConfiguredTargets targets =
          new ConfiguredTargets(
              List.of(
                  target(gateway, "a-good", "console", password, stores.trustStore(), stores),
                  target(gateway, "b-guesses", "console", wrong, stores.trustStore(), stores),
                  target(gateway, "c-nobody", null, null, stores.trustStore(), stores),
                  target(gateway, "d-distrusts", "console", password, others.trustStore(), others),
                  new ConfiguredTarget(
                      plain.called("e-plain"),
                      new JmxAccess(
                          "console",
                          password,
                          true,
                          false,
                          stores.trustStore(),
                          stores.passwordFile()))),
              Caches.LOOK,
              InstantSource.system());
      try (FakeConsole console = FakeConsole.reading(targets)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () ->
                    assertThat(
                            console
                                .api()
                                .get("/api/v1/health")
                                .json()
                                .path("targets")
                                .findValuesAsText("status"))
                        .containsExactly("up", "denied", "denied", "failed", "failed"));
        assertThat(console.api().get(STATS + "?target=a-good").status()).isEqualTo(200);
        assertThat(detail(console, "d-distrusts")).contains("is not trusted, or speaks no TLS");
        assertThat(detail(console, "e-plain")).contains("does not speak TLS");
        assertThat(detail(console, "b-guesses")).doesNotContain("guessed");
      }
    }
  }

  private static String detail(FakeConsole console, String target) throws Exception {
    return console.api().get(STATS + "?target=" + target).json().path("detail").textValue();
  }

  private static ConfiguredTarget target(
      FakeGateway gateway, String name, String user, Path password, Path trust, KeyStores stores) {
    return new ConfiguredTarget(
        gateway.called(name),
        new JmxAccess(user, password, true, true, trust, stores.passwordFile()));
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
