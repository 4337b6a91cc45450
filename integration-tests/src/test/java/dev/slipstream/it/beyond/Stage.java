package dev.slipstream.it.beyond;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import dev.slipstream.it.conformance.Gateways;
import dev.slipstream.it.conformance.Origin;
import dev.slipstream.it.conformance.ProxyKind;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The origin and every gateway before it, all started at once and kept for the run. */
final class Stage implements AutoCloseable {
  private static final String RULES =
      """
      rules:
        - name: observed
          pattern: "/{sync,async}/observed/*"
          mode: observe
          ttl: 1h
          gzip: true
          stale_while_revalidate: 1h
          tags: [ours]
        - {name: gzip, pattern: "/{sync,async}/gzip/*", ttl: 1h, gzip: true}
        - {name: each, pattern: "/{sync,async}/each/*", ttl: 1h, cache_authenticated: true, gzip: true}
        - name: negative
          pattern: "/{sync,async}/negative/*"
          ttl: 1h
          ttl_by_status: {404: 10s, 503: 5s}
        - name: bypass
          pattern: "/{sync,async}/bypass/*"
          ttl: 1h
          harmless_cookies: [fresh]
          bypass: ["header:X-Fresh", "cookie:fresh=now*", "query:fresh"]
        - name: no-store
          pattern: "/{sync,async}/no-store/*"
          ttl: 1h
          harmless_cookies: [preview]
          no_store: ["header:X-Preview", "cookie:preview=draft-*", "query:preview"]
        - {name: revalidating, pattern: "/{sync,async}/revalidating/*", stale_while_revalidate: 1h}
        - {name: if-error, pattern: "/{sync,async}/if-error/*", stale_if_error: 1h}
        - {name: never-stale, pattern: "/{sync,async}/never-stale/*", never_stale: true}
        - {name: sorted, pattern: "/{sync,async}/sorted/*", ttl: 1h, sort_query: true}
        - {name: small, pattern: "/{sync,async}/small/*", ttl: 1h, max_body: 100B}
      """;

  private record Key(String container, Setup setup) {}

  private final Origin origin = new Origin();
  private final Map<Key, GatewayProcess> processes = new ConcurrentHashMap<>();
  private final Map<Key, GatewayProcess> ready = new ConcurrentHashMap<>();
  private final Map<Key, ManagementClient> clients = new ConcurrentHashMap<>();
  private final AtomicInteger paths = new AtomicInteger();

  private Stage() {
    for (ProxyKind proxy : List.of(ProxyKind.TOMCAT_11_SYNC, ProxyKind.JETTY_12_SYNC)) {
      for (Setup setup : Setup.values()) {
        Key key = new Key(proxy.container(), setup);
        processes.put(key, start(key));
      }
    }
  }

  private GatewayProcess start(Key key) {
    if (key.setup() == Setup.ALONE) {
      return ProxyKind.gatewayAlone(key.container(), origin).start();
    }
    String rules = "cache_rules_config_file=" + rulesFile(key.container() + "-" + key.setup());
    return ProxyKind.gateway(key.container(), origin, key.setup().agentOptions(), rules).start();
  }

  /** The rules of every case, in a file for one gateway. */
  static Path rulesFile(String gateway) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "rules", "beyond-" + gateway));
      return Files.writeString(folder.resolve("cache_rules.yaml"), RULES).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Origin origin() {
    return origin;
  }

  int port(ProxyKind proxy, Setup setup) {
    Key key = new Key(proxy.container(), setup);
    return ready.computeIfAbsent(key, this::awaited).port();
  }

  private GatewayProcess awaited(Key key) {
    GatewayProcess gateway = processes.get(key);
    if (key.setup() == Setup.OBSERVING) {
      awaitObserving(gateway, client(key));
    } else if (key.setup() != Setup.ALONE) {
      Gateways.awaitAgent(gateway, origin);
    }
    return gateway;
  }

  /** Waits until the agent takes part in requests, of which its clients see nothing. */
  private void awaitObserving(GatewayProcess gateway, ManagementClient client) {
    Resource probe = resource("/sync/plain").answers(request -> Reply.ok("probe"));
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptionsInstanceOf(JMException.class)
          .until(
              () -> {
                connection.get(probe.path());
                return ((Object[]) client.get("type=HttpCache", "Observations")).length > 0;
              });
    }
  }

  ManagementClient management(ProxyKind proxy, Setup setup) {
    port(proxy, setup);
    return client(new Key(proxy.container(), setup));
  }

  private ManagementClient client(Key key) {
    return clients.computeIfAbsent(
        key,
        same -> {
          GatewayProcess gateway = processes.get(key);
          gateway.port();
          try {
            return ManagementClient.of(gateway);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** A new path, of letters alone: what looks like an identifier counts with others as one. */
  Resource resource(String folder) {
    StringBuilder name = new StringBuilder();
    for (int rest = paths.incrementAndGet(); rest > 0; rest /= 26) {
      name.append((char) ('a' + rest % 26));
    }
    return origin.resourceAt(folder + "/page-" + name);
  }

  @Override
  public void close() throws IOException {
    for (ManagementClient client : clients.values()) {
      client.close();
    }
    processes.values().forEach(GatewayProcess::close);
    origin.close();
  }

  /** Gives tests the stage of the run. */
  static final class Resolver implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Stage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(Stage.class, key -> new Stage(), Stage.class);
    }
  }
}
