package dev.slipstream.config.jmx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is learned of endpoints: how often answers change, and how they are asked for. */
@Description("What is learned of endpoints, and what follows from it")
public interface LearningMXBean {
  @Description("What is learned of each endpoint, the one asked for most first; at most 500")
  List<EndpointLearning> getEndpoints();

  @Description(
      "Share of the application's time that the cache spared with answers that were right, 0 to 1;"
          + " absent below 100 requests")
  @Nullable Double getEffectiveness();

  @Description("What another size of L1 or other lifetimes would bring; empty where data is thin")
  List<String> getTuning();

  @Description("Gateways whose evidence counts here, besides this one's")
  int getOtherGateways();

  @Description(
      "Everything learned of one endpoint, such as \"GET /users/{id}\": what was seen, the rate of"
          + " change, the lifetime and why")
  @Impact(Impact.Kind.INFO)
  EndpointLearning explain(
      @Description(name = "endpoint", value = "Method and template, such as GET /users/{id}")
          String endpoint);

  @Description(
      "Rules for what was seen of traffic, as a cache_rules.yaml with reasons; it changes nothing")
  @Impact(Impact.Kind.INFO)
  String advise();
}
