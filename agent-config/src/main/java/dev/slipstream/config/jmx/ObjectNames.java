package dev.slipstream.config.jmx;

import javax.management.ObjectName;

/** The names under which the agent's MXBeans are registered. */
public final class ObjectNames {
  /** The agent itself. */
  public static final String AGENT = "dev.slipstream:type=Agent";

  /** The HTTP cache. */
  public static final String HTTP_CACHE = "dev.slipstream:type=HttpCache";

  /** Both tiers together. */
  public static final String CACHE = "dev.slipstream:type=Cache";

  /** The tier in Redis. */
  public static final String L2 = "dev.slipstream:type=Cache,name=l2";

  /** The tier in this process. */
  public static final String L1 = "dev.slipstream:type=Cache,name=l1";

  /** What entries are written to Redis with. */
  public static final String CODEC = "dev.slipstream:type=Cache,name=codec";

  /** The caches of application code. */
  public static final String APPLICATION = "dev.slipstream:type=Cache,name=application";

  /** How well this gateway hears of what others invalidate. */
  public static final String COHERENCE = "dev.slipstream:type=Cache,name=coherence";

  /** What is learned of endpoints. */
  public static final String LEARNING = "dev.slipstream:type=Learning";

  /** Which requests the application is asked about. */
  public static final String ADMISSION = "dev.slipstream:type=Admission";

  /** What the process, its container and its host use. */
  public static final String SYSTEM = "dev.slipstream:type=System";

  /** How each endpoint does. */
  public static final String ENDPOINTS = "dev.slipstream:type=Endpoints";

  /** The optimizer. */
  public static final String OPTIMIZER = "dev.slipstream:type=Optimizer";

  /** The cache rules. */
  public static final String RULES = "dev.slipstream:type=Rules";

  /** The beans of the busiest endpoints. */
  public static final String EACH_ENDPOINT = "dev.slipstream:type=Endpoint,*";

  private ObjectNames() {}

  /** One of the busiest endpoints: method and template. */
  public static String endpoint(String endpoint) {
    return "dev.slipstream:type=Endpoint,name=" + ObjectName.quote(endpoint);
  }

  /** A rule of the optimizer. */
  public static String rule(String name) {
    return "dev.slipstream:type=Rule,name=" + name;
  }
}
