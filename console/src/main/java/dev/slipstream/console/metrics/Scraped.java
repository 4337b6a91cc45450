package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.AdmissionMXBean;
import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.ApplicationCacheMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;

/**
 * What one gateway said for one scrape.
 *
 * @param redis absent without L2, as are the two that follow
 * @param application absent where the agent has no such caches
 */
record Scraped(
    String target,
    AgentMXBean agent,
    CacheMXBean cache,
    MemoryTierMXBean memory,
    Optional<RedisTierMXBean> redis,
    Optional<CodecMXBean> codec,
    Optional<CoherenceMXBean> coherence,
    Optional<ApplicationCacheMXBean> application,
    HttpCacheMXBean http,
    EndpointsMXBean endpoints,
    SystemMXBean system,
    AdmissionMXBean admission,
    OptimizerMXBean optimizer,
    List<RuleMXBean> rules) {

  /** Reads it, one round trip a bean. */
  static Scraped from(String target, AgentBeans beans) throws IOException, JMException {
    List<RuleMXBean> rules = new ArrayList<>();
    for (String name : beans.names(ObjectNames.rule("*"))) {
      rules.add(beans.read(ObjectNames.rule(name), RuleMXBean.class));
    }
    return new Scraped(
        target,
        beans.read(
            ObjectNames.AGENT,
            AgentMXBean.class,
            "Version",
            "JavaVersion",
            "UptimeMillis",
            "Enabled",
            "Errors",
            "ErrorBreakerOpen",
            "ConfigurationProblems"),
        beans.read(ObjectNames.CACHE, CacheMXBean.class, "Deletes"),
        beans.read(ObjectNames.L1, MemoryTierMXBean.class),
        beans.readIfPresent(ObjectNames.L2, RedisTierMXBean.class),
        beans.readIfPresent(ObjectNames.CODEC, CodecMXBean.class),
        beans.readIfPresent(ObjectNames.COHERENCE, CoherenceMXBean.class),
        beans.readIfPresent(ObjectNames.APPLICATION, ApplicationCacheMXBean.class),
        beans.read(ObjectNames.HTTP_CACHE, HttpCacheMXBean.class, "Refusals"),
        beans.read(ObjectNames.ENDPOINTS, EndpointsMXBean.class, "Total", "Endpoints"),
        beans.read(ObjectNames.SYSTEM, SystemMXBean.class),
        beans.read(ObjectNames.ADMISSION, AdmissionMXBean.class),
        beans.read(
            ObjectNames.OPTIMIZER,
            OptimizerMXBean.class,
            "Mode",
            "Level",
            "LevelInForce",
            "Stopped",
            "Score",
            "ScoreParts",
            "InjectedMetrics",
            "Recommendations"),
        List.copyOf(rules));
  }

  void addTo(Families families) {
    TargetFamilies to = new TargetFamilies(families, target);
    AgentMetrics.add(to, agent);
    ExchangeMetrics.add(to, endpoints.getTotal(), http);
    TierMetrics.add(to, cache, memory);
    redis.ifPresent(tier -> TierMetrics.add(to, tier));
    codec.ifPresent(bean -> TierMetrics.add(to, bean));
    coherence.ifPresent(bean -> TierMetrics.add(to, bean));
    application.ifPresent(bean -> TierMetrics.add(to, bean));
    SystemMetrics.add(to, system);
    OptimizerMetrics.add(to, optimizer);
    rules.forEach(rule -> OptimizerMetrics.add(to, rule));
    AdmissionMetrics.add(to, admission);
    EndpointMetrics.add(to, endpoints.getEndpoints());
  }
}
