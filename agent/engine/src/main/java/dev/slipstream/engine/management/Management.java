package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.redis.RedisTier;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The agent's MXBeans in the platform's MBean server. */
public final class Management {
  private final MBeanServer server;

  private Management(MBeanServer server) {
    this.server = server;
  }

  /**
   * Registers every MXBean. Loads {@code java.util.logging}: to be called once the application has
   * set it up.
   *
   * @throws JMException if a name is taken
   */
  public static Management register(Engine engine, AgentMXBean agent) throws JMException {
    Management management = new Management(ManagementFactory.getPlatformMBeanServer());
    management.add(ObjectNames.AGENT, agent, AgentMXBean.class);
    management.add(
        ObjectNames.HTTP_CACHE,
        new HttpCacheMBean(
            engine.httpCache(), engine.endpoints(), engine.settings().cache().defaultTtl()),
        HttpCacheMXBean.class);
    management.add(
        ObjectNames.CACHE, new CacheMBean(engine.cache(), engine.log()), CacheMXBean.class);
    management.add(ObjectNames.L1, new MemoryTierMBean(engine.cache()), MemoryTierMXBean.class);
    RedisTier redis = engine.cache().redis();
    if (redis != null) {
      management.add(
          ObjectNames.L2, new RedisTierMBean(redis, engine.cache()), RedisTierMXBean.class);
    }
    return management;
  }

  private <T> void add(String name, T bean, Class<T> mxBean) throws JMException {
    server.registerMBean(new DescribedMBean(bean, mxBean), new ObjectName(name));
  }
}
