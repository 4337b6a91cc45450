package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import dev.slipstream.it.RedisServer;
import dev.slipstream.it.conformance.Gateways;
import dev.slipstream.it.conformance.Origin;
import dev.slipstream.it.conformance.ProxyKind;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services on one Redis, and two gateways of one service: a service gets nothing of the other's
 * and removes nothing of it, and no identity gets what another gateway stored for another one. A
 * cache that keeps answers in Redis by URL alone gives one service's to the other's clients, since
 * the two have the same paths.
 */
final class SharedRedisTest {
  private static final String FRESH = "Cache-Control: max-age=3600";

  @TempDir private static Path directory;
  private static RedisServer redis;
  private static Origin shop;
  private static Origin bank;
  private static final List<GatewayProcess> GATEWAYS = new ArrayList<>();
  private static GatewayProcess shopGateway;
  private static GatewayProcess shopReplica;
  private static GatewayProcess bankGateway;
  private static GatewayProcess bankOnSamePrefix;

  @BeforeAll
  static void start() {
    redis = RedisServer.start(directory);
    shop = new Origin();
    bank = new Origin();
    shopGateway = gateway(shop, "shop");
    shopReplica = gateway(shop, "shop");
    bankGateway = gateway(bank, "bank");
    bankOnSamePrefix = gateway(bank, "shop");
    for (GatewayProcess gateway : GATEWAYS) {
      Origin origin = gateway == shopGateway || gateway == shopReplica ? shop : bank;
      Gateways.awaitAgent(gateway, origin);
    }
  }

  private static GatewayProcess gateway(Origin origin, String prefix) {
    GatewayProcess gateway =
        ProxyKind.gateway(
                "tomcat-11",
                origin,
                "redis_url=redis://127.0.0.1:" + redis.port(),
                "cache_key_prefix=" + prefix,
                "l2_budget=2000", // what is asked here is what comes, not how soon
                "cache_rules_config_file=" + Ways.rulesFile("redis"))
            .start();
    GATEWAYS.add(gateway);
    return gateway;
  }

  @AfterAll
  static void stop() {
    GATEWAYS.forEach(GatewayProcess::close);
    shop.close();
    bank.close();
    redis.close();
  }

  private static Answer get(GatewayProcess gateway, String path, String... fields)
      throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return connection.get(path, fields);
    }
  }

  /** Asks until the replica has answered from what the first gateway has stored. */
  private static void storeInRedis(String path, String... fields) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              get(shopGateway, path, fields);
              return redis
                  .send("KEYS shop:*" + path.substring(path.lastIndexOf('/')) + "*")
                  .stream()
                  .noneMatch("*0"::equals);
            });
  }

  private static Resource at(Origin origin, String path, String owner) {
    return origin
        .resourceAt(path)
        .answers(request -> Reply.ok(owner + " " + AttackTest.asker(request), FRESH));
  }

  @Test
  void answerOfAService_isGivenByItsReplica_andNotByTheOther() throws IOException {
    at(shop, "/sync/plain/prices", "shop");
    at(bank, "/sync/plain/prices", "bank");
    storeInRedis("/sync/plain/prices");

    assertThat(get(shopReplica, "/sync/plain/prices").cacheStatus())
        .as("the control: there is something to steal")
        .contains("hit");
    assertThat(get(bankGateway, "/sync/plain/prices").body()).startsWith("bank");
  }

  /** Where both have the same prefix, the host still tells them apart. */
  @Test
  void answerOfAHost_isNotGivenToAnother() throws IOException {
    at(shop, "/sync/plain/offers", "shop");
    at(bank, "/sync/plain/offers", "bank");
    storeInRedis("/sync/plain/offers", "Host: shop.example");

    assertThat(get(bankOnSamePrefix, "/sync/plain/offers", "Host: bank.example").body())
        .startsWith("bank");
  }

  @Test
  void answerOfAnIdentity_isNotGivenToAnotherByAReplica() throws IOException {
    at(shop, "/sync/each/account", "shop");
    storeInRedis("/sync/each/account", "Authorization: Bearer alice");

    assertThat(get(shopReplica, "/sync/each/account", "Authorization: Bearer mallory").body())
        .contains("mallory");
    assertThat(get(shopReplica, "/sync/each/account").body()).contains("nobody");
  }

  /** Nor is what an identity was given, and nothing says is shared, in Redis at all. */
  @Test
  void answerOfAnIdentity_isNotInRedis() throws IOException {
    at(shop, "/sync/ruled/private-page", "shop");
    get(shopGateway, "/sync/ruled/private-page", "Authorization: Bearer alice");
    at(shop, "/sync/plain/after", "shop");
    storeInRedis("/sync/plain/after"); // written after it, by the same queue

    assertThat(redis.send("KEYS *private-page*")).containsExactly("*0");
  }

  @Test
  void flushOfAService_leavesTheOthersAnswers() throws Exception {
    Resource resource = at(shop, "/sync/plain/kept", "shop");
    storeInRedis("/sync/plain/kept");
    try (ManagementClient management = ManagementClient.of(bankGateway)) {
      management.invoke("type=Cache", "flush", "all", "");
    }
    int before = resource.requests();

    assertThat(get(shopReplica, "/sync/plain/kept").cacheStatus()).contains("hit");
    assertThat(resource.requests()).isEqualTo(before);
  }

  /** What Redis holds shows no credential. */
  @Test
  void credential_isInNoKey() {
    at(shop, "/sync/each/secret", "shop");
    storeInRedis("/sync/each/secret", "Authorization: Bearer hunter2");

    assertThat(redis.send("KEYS *hunter2*")).containsExactly("*0");
  }
}
