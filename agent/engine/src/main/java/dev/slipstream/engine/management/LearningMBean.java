package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.EndpointLearning;
import dev.slipstream.config.jmx.LearningMXBean;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.http.Observations;
import dev.slipstream.engine.learn.Learning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is learned, for JMX. */
final class LearningMBean implements LearningMXBean {
  private final Learning learning;
  private final Observations observations;
  private final TieredCache cache;

  LearningMBean(Learning learning, Observations observations, TieredCache cache) {
    this.learning = learning;
    this.observations = observations;
    this.cache = cache;
  }

  @Override
  public List<EndpointLearning> getEndpoints() {
    return learning.explanations();
  }

  @Override
  public @Nullable Double getEffectiveness() {
    return learning.effectiveness();
  }

  @Override
  public List<String> getTuning() {
    return learning.tuning(cache.mostMemoryBytes());
  }

  @Override
  public int getOtherGateways() {
    return learning.otherGateways();
  }

  @Override
  public EndpointLearning explain(String endpoint) {
    return learning.explain(endpoint);
  }

  @Override
  public String advise() {
    return learning.advise(observations.all());
  }
}
