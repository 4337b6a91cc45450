package dev.slipstream.it.attack;

import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.conformance.Gateways;
import dev.slipstream.it.conformance.Origin;
import dev.slipstream.it.conformance.ProxyKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The origin and every way to it, started when first asked for, kept for the run. */
final class Ways implements AutoCloseable {
  /** What operators write, and attackers turn against them. */
  private static final String RULES =
      """
      rules:
        - {name: ruled, pattern: "/{sync,async}/ruled/*", ttl: 1h}
        - {name: forced, pattern: "/{sync,async}/forced/*", ttl: 1h, origin: override}
        - {name: each, pattern: "/{sync,async}/each/*", ttl: 1h, cache_authenticated: true}
        - {name: posted, pattern: "/{sync,async}/posted/*", methods: [POST], cache_post: true, ttl: 1h}
        - name: posted-by-each
          pattern: "/{sync,async}/posted-by-each/*"
          methods: [POST]
          cache_post: true
          cache_authenticated: true
          ttl: 1h
        - {name: styles, pattern: "/{sync,async}/account/**.css", ttl: 1h}
        - {name: static, pattern: "/{sync,async}/static/*", ttl: 1h, ignore_credentials: true}
        - name: campaigns
          pattern: "/{sync,async}/campaigns/*"
          ttl: 1h
          ignore_query: ["utm_*"]
          sort_query: true
      """;

  private final Origin origin = new Origin();
  private final NaiveCache naive = new NaiveCache(origin.port());
  private final Map<String, GatewayProcess> started = new ConcurrentHashMap<>();

  Origin origin() {
    return origin;
  }

  int port(Way way) {
    return way.isNaive() ? naive.port() : gateway(way).port();
  }

  GatewayProcess gateway(Way way) {
    ProxyKind proxy = way.proxy();
    if (proxy == null) {
      throw new IllegalArgumentException("no gateway: " + way);
    }
    return started.computeIfAbsent(proxy.container(), this::start);
  }

  private GatewayProcess start(String container) {
    GatewayProcess gateway =
        ProxyKind.gateway(container, origin, "cache_rules_config_file=" + rulesFile(container))
            .start();
    Gateways.awaitAgent(gateway, origin);
    return gateway;
  }

  /** The rules of every case, in a file for one gateway. */
  static Path rulesFile(String gateway) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "rules", "attack-" + gateway));
      return Files.writeString(folder.resolve("cache_rules.yaml"), RULES).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    started.values().forEach(GatewayProcess::close);
    naive.close();
    origin.close();
  }

  /** Gives tests the ways of the run. */
  static final class Resolver implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Ways.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Ways.class;
    }

    @Override
    public Ways resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(Ways.class, key -> new Ways(), Ways.class);
    }
  }
}
