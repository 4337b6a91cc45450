package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.conformance.Origin;
import dev.slipstream.it.conformance.ProxyKind;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges that the agent has begun, and that end when it is gone. */
final class UnderWayTest {
  private static final String FRESH = "Cache-Control: max-age=600";
  private static final List<String> SERVLETS = List.of("/sync", "/async");

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() {
    release.countDown();
    clients.shutdown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomcat-11", "jetty-12"})
  void exchangesUnderWay_endForTheirClients(String container) throws Exception {
    try (Origin origin = new Origin();
        GatewayProcess gateway =
            ProxyKind.gatewayAlone(container, origin)
                .jvmOption("-XX:+EnableDynamicAgentLoading")
                .jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
                .start()) {
      gateway.port();
      AttachCommand.attach(gateway).succeeded();
      awaitAgent(gateway, origin);
      List<Future<Answer>> misses = new ArrayList<>();
      List<Future<Answer>> validations = new ArrayList<>();
      for (String servlet : SERVLETS) {
        Resource missed = origin.resource(servlet, "missed");
        missed.answers(request -> Reply.ok("made anew", FRESH).heldUntil(release));
        misses.add(get(gateway, missed));
        await().until(() -> missed.requests() == 1);
        misses.add(get(gateway, missed)); // may wait for the first one's answer

        Resource validated = origin.resource(servlet, "validated");
        validated.replies(Reply.ok("stored", "Cache-Control: no-cache", "ETag: \"1\""));
        validated.answers(request -> Reply.notModified("ETag: \"1\"").heldUntil(release));
        assertThat(get(gateway, validated).get(20, TimeUnit.SECONDS).body()).isEqualTo("stored");
        validations.add(get(gateway, validated));
        await().until(() -> validated.requests() == 2);
      }

      AttachCommand.detach(gateway).succeeded();
      release.countDown();

      for (Future<Answer> miss : misses) {
        assertWhole(miss, "made anew");
      }
      for (Future<Answer> validation : validations) {
        assertWhole(validation, "stored"); // the client has no copy: a 304 would be nothing to it
      }
      for (String servlet : SERVLETS) {
        Resource later = origin.resource(servlet, "later").replies(Reply.ok("later", FRESH));
        Answer answer = get(gateway, later).get(20, TimeUnit.SECONDS);
        assertThat(answer.body()).isEqualTo("later");
        assertThat(answer.values("Cache-Status")).isEmpty();
      }
      try (ManagementClient management = ManagementClient.of(gateway)) {
        Leftovers.awaitNone(management);
      }
    }
  }

  private static void assertWhole(Future<Answer> future, String body) throws Exception {
    Answer answer = future.get(20, TimeUnit.SECONDS);
    assertThat(answer.status()).as(answer.statusLine()).isEqualTo(200);
    assertThat(answer.complete()).isTrue();
    assertThat(answer.body()).isEqualTo(body);
  }

  private static void awaitAgent(GatewayProcess gateway, Origin origin) {
    for (String servlet : SERVLETS) {
      Resource probe = origin.resource(servlet, "probe");
      probe.answers(request -> Reply.ok("probe", "Cache-Control: no-store"));
      try (HttpConnection connection = new HttpConnection(gateway.port())) {
        await().until(() -> !connection.get(probe.path()).values("Cache-Status").isEmpty());
      }
    }
  }

  private Future<Answer> get(GatewayProcess gateway, Resource resource) {
    return clients.submit(
        () -> {
          try (HttpConnection connection = new HttpConnection(gateway.port())) {
            return connection.get(resource.path());
          }
        });
  }
}
