package dev.slipstream.it.conformance;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The origin and a gateway for each container, started when first asked for, kept for the run. */
public final class Gateways implements AutoCloseable {
  private static final int PROBES = 10_000;

  private final Origin origin = new Origin();
  private final Map<String, GatewayProcess> started = new ConcurrentHashMap<>();

  Origin origin() {
    return origin;
  }

  GatewayProcess of(ProxyKind kind) {
    return started.computeIfAbsent(kind.container(), this::start);
  }

  private GatewayProcess start(String container) {
    GatewayProcess gateway = ProxyKind.gateway(container, origin).start();
    awaitAgent(gateway, origin);
    return gateway;
  }

  /** Waits until the agent takes part in requests; until then it passes them through. */
  public static void awaitAgent(GatewayProcess gateway, Origin origin) {
    Resource probe = origin.resource("/sync", "probe");
    for (int i = 0; i < PROBES; i++) {
      probe.replies(Reply.ok("probe", "Cache-Control: no-store"));
    }
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                Answer answer = connection.get(probe.path());
                return !answer.values("Cache-Status").isEmpty();
              });
    }
  }

  @Override
  public void close() {
    started.values().forEach(GatewayProcess::close);
    origin.close();
  }

  /** Gives a test's constructor the gateways of the run. */
  static final class Resolver implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Gateways.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Gateways.class;
    }

    @Override
    public Gateways resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(Gateways.class, key -> new Gateways(), Gateways.class);
    }
  }
}
