package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.AdmissionMXBean;
import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.ApplicationCacheMXBean;
import dev.slipstream.config.jmx.BudgetReport;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.GuardedEndpoint;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.LatencyReport;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RecommendationReport;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.console.targets.Reply;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The beans of a gateway of which everything is known, but for what a test says otherwise. */
final class KnownBeans {
  private static final LatencyReport TIMES = new LatencyReport(4, 10.0, 10.0, 20.0, 30.0, 40.0);
  private static final LatencyReport NO_TIMES = new LatencyReport(0, null, null, null, null, null);

  private final Map<String, Object> chosen = new HashMap<>();
  private boolean redis = true;

  KnownBeans() {
    with(RedisTierMXBean.class, "getNodes", Map.of("a:1", "closed", "b:1", "half_open"));
    with(
        RuleMXBean.class,
        "getVerdicts",
        Map.of("helped", 1L, "no_effect", 2L, "harmed", 3L, "unknown", 4L));
    with(EndpointsMXBean.class, "getTotal", endpoint("(all)", Map.of("hit_l1", 6L), TIMES));
    with(
        EndpointsMXBean.class,
        "getEndpoints",
        List.of(endpoint("GET /a", Map.of("hit_l1", 6L, "hit_l2", 1L, "miss_uri", 2L), TIMES)));
    with(
        AdmissionMXBean.class,
        "getEndpoints",
        List.of(guarded("GET /a", 4, "open"), guarded("GET /calm", null, "closed")));
    with(
        OptimizerMXBean.class,
        "getRecommendations",
        List.of(new RecommendationReport("l1", "warning", "", "", "", "")));
    with(OptimizerMXBean.class, "getScoreParts", Map.of("errors", 1.0));
    with(HttpCacheMXBean.class, "getRefusals", Map.of("no_store", 3L));
  }

  /** Chooses what a method returns; null is that it is not known. */
  KnownBeans with(Class<?> bean, String method, @Nullable Object value) {
    chosen.put(bean.getSimpleName() + "." + method, value);
    return this;
  }

  /** A gateway that has not had a request yet, and that measures nothing. */
  KnownBeans idle() {
    for (String name : List.of("getCpuPercent", "getHeapAfterCollectionBytes")) {
      with(SystemMXBean.class, name, null);
    }
    return with(OptimizerMXBean.class, "getStopped", null)
        .with(OptimizerMXBean.class, "getScore", null)
        .with(RedisTierMXBean.class, "getLatencyP95Millis", null)
        .with(EndpointsMXBean.class, "getTotal", endpoint("(all)", Map.of(), NO_TIMES))
        .with(EndpointsMXBean.class, "getEndpoints", List.of());
  }

  KnownBeans withoutRedis() {
    redis = false;
    return this;
  }

  /** What the console writes of it, as gateway {@code edge}. */
  List<String> lines() {
    byte[] text = Metrics.text(List.of(new Reply.Answer<>("edge", scraped())));
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }

  private Scraped scraped() {
    return new Scraped(
        "edge",
        bean(AgentMXBean.class),
        bean(CacheMXBean.class),
        bean(MemoryTierMXBean.class),
        ifRedis(RedisTierMXBean.class),
        ifRedis(CodecMXBean.class),
        ifRedis(CoherenceMXBean.class),
        Optional.of(bean(ApplicationCacheMXBean.class)),
        bean(HttpCacheMXBean.class),
        bean(EndpointsMXBean.class),
        bean(SystemMXBean.class),
        bean(AdmissionMXBean.class),
        bean(OptimizerMXBean.class),
        List.of(bean(RuleMXBean.class)));
  }

  private <T> Optional<T> ifRedis(Class<T> type) {
    return redis ? Optional.of(bean(type)) : Optional.empty();
  }

  private <T> T bean(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String name = type.getSimpleName() + "." + method.getName();
              return chosen.containsKey(name)
                  ? chosen.get(name)
                  : something(method.getReturnType());
            }));
  }

  private static Object something(Class<?> type) {
    if (type == boolean.class) {
      return true;
    }
    if (type == int.class || type == Integer.class) {
      return 2;
    }
    if (type == long.class || type == Long.class) {
      return 2_000L;
    }
    if (type == double.class || type == Double.class) {
      return 50.0;
    }
    if (type == String.class) {
      return "said";
    }
    if (type == List.class) {
      return List.of("one");
    }
    if (type == Map.class) {
      return Map.of("one", 1.0);
    }
    throw new AssertionError("no value of " + type);
  }

  private static EndpointReport endpoint(
      String name, Map<String, Long> outcomes, LatencyReport times) {
    return new EndpointReport(
        name,
        1,
        2,
        9,
        1,
        1,
        1,
        900,
        600,
        outcomes,
        120.0,
        60,
        9,
        0.15,
        7,
        2,
        0,
        0,
        1,
        1,
        1,
        900,
        times,
        times,
        times,
        0.9,
        new BudgetReport(100.0, 0.01, 0.5, 0.4, 2.0, 0.3));
  }

  private static GuardedEndpoint guarded(String name, @Nullable Integer limit, String breaker) {
    long opened = breaker.equals("closed") ? 0 : 1;
    return new GuardedEndpoint(name, 1, limit, breaker, opened, 1, 1.0, 1.0, 1.0, 0, opened, 0);
  }
}
