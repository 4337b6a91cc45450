package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import dev.slipstream.it.RedisServer;
import dev.slipstream.it.conformance.Origin;
import dev.slipstream.it.conformance.ProxyKind;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that only observes leaves alone what others share in Redis. */
final class ObservedRedisTest {
  private static final Reply FRESH = Reply.ok("observed", "Cache-Control: public, max-age=3600");

  @Test
  void redis_isNeitherReadNorWritten(@TempDir Path directory) throws Exception {
    try (RedisServer redis = RedisServer.start(directory);
        Origin origin = new Origin();
        GatewayProcess gateway =
            ProxyKind.gateway(
                    "tomcat-11",
                    origin,
                    "cache_mode=observe",
                    "redis_url=redis://127.0.0.1:" + redis.port(),
                    "cache_rules_config_file=" + Stage.rulesFile("redis"))
                .start();
        HttpConnection connection = new HttpConnection(gateway.port());
        ManagementClient management = ManagementClient.of(gateway)) {
      Resource resource = origin.resourceAt("/sync/gzip/page").answers(request -> FRESH);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptionsInstanceOf(JMException.class)
          .until(
              () -> {
                connection.get(resource.path());
                return hits(management) > 2;
              });
      connection.exchange("DELETE", resource.path(), List.of());
      long hits = hits(management);
      await()
          .until(
              () -> {
                connection.get(resource.path());
                return hits(management) > hits;
              });

      assertThat(management.number("type=Cache,name=l2", "QueuedWrites")).isZero();
      assertThat(management.number("type=Cache,name=l2", "Puts")).isZero();
      assertThat(management.number("type=Cache,name=l2", "Hits")).isZero();
      assertThat(management.number("type=Cache,name=l2", "Misses")).isZero();
      assertThat(redis.send("KEYS *page*")).containsExactly("*0");
    }
  }

  private static long hits(ManagementClient management) throws Exception {
    return Stream.of((CompositeData[]) management.get("type=HttpCache", "Observations"))
        .mapToLong(observation -> (Long) observation.get("wouldHit"))
        .sum();
  }
}
