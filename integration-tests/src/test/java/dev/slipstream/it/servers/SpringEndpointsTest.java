package dev.slipstream.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** That endpoints of Spring MVC are called by the patterns of its controllers. */
final class SpringEndpointsTest {
  @Test
  void requests_areCountedByThePatternsOfControllers_eachOnce() throws Exception {
    try (Origin origin = new Origin();
        Running running = Run.start(Boots.BOOT_3, Jdk.own(), true, origin)) {
      running.awaitReady("/plain/ready");
      assertThat(running.awaitAgent("/plain/ready")).isTrue();
      try (ManagementClient management = ManagementClient.of(running.server().pid());
          HttpConnection connection = new HttpConnection(running.port())) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> management.isRegistered("type=Endpoints"));
        for (String word : new String[] {"red", "green", "blue"}) {
          assertThat(connection.get("/mvc/called/" + word).isHit()).isFalse();
          assertThat(connection.get("/mvc/streamed/" + word).isHit()).isFalse();
          connection.get("/mvc/" + word);
        }
        for (String path : new String[] {"/mvc/called/red", "/mvc/streamed/red"}) {
          await().atMost(Duration.ofSeconds(10)).until(() -> connection.get(path).isHit());
        }

        Map<String, Long> requests = new TreeMap<>();
        for (CompositeData one : (CompositeData[]) management.get("type=Endpoints", "Endpoints")) {
          requests.put((String) one.get("endpoint"), (Long) one.get("requests"));
        }
        assertThat(requests.keySet())
            .filteredOn(name -> !name.contains("/plain"))
            .containsExactlyInAnyOrder(
                "GET /mvc/{name}", "GET /mvc/called/{id}", "GET /mvc/streamed/{id}");
        assertThat(requests).containsEntry("GET /mvc/{name}", 3L);
        assertThat(requests.get("GET /mvc/called/{id}")).isGreaterThanOrEqualTo(4);
      }
    }
  }
}
