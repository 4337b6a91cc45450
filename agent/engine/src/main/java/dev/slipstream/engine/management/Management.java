package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.AdmissionMXBean;
import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.ApplicationCacheMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.LearningMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.config.jmx.RulesMXBean;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.Inspection;
import dev.slipstream.engine.optimize.Optimization;
import dev.slipstream.engine.optimize.RuleState;
import dev.slipstream.engine.redis.RedisTier;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The agent's MXBeans in the platform's MBean server. */
public final class Management {
  private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(2);

  private final Engine engine;
  private final AgentMXBean agent;
  private final List<ObjectName> names = new ArrayList<>();
  private boolean waiting;
  private boolean ended;

  private Management(Engine engine, AgentMXBean agent) {
    this.engine = engine;
    this.agent = agent;
  }

  /**
   * Registers every MXBean, or does so later where the application has named an MBean server of its
   * own ({@code javax.management.builder.initial}) that only its class loaders can make, and that
   * it has not made yet. Loads {@code java.util.logging}: to be called once the application has set
   * it up.
   *
   * @throws JMException if a name is taken
   */
  public static Management register(Engine engine, AgentMXBean agent) throws JMException {
    Management management = new Management(engine, agent);
    boolean done = false;
    try {
      management.attempt();
      done = true;
      return management;
    } finally {
      if (!done) {
        management.unregister();
      }
    }
  }

  private synchronized void attempt() throws JMException {
    if (ended) {
      return;
    }
    MBeanServer server;
    try {
      server = ManagementFactory.getPlatformMBeanServer();
    } catch (JMRuntimeException e) {
      if (!waiting) {
        waiting = true;
        engine.log().info("the MXBeans wait for the application's own MBean server: " + e);
      }
      engine.later(NEXT_ATTEMPT, "registering the MXBeans", this::attempt);
      return;
    }
    registerAll(server);
    if (waiting) {
      engine.log().info("the MXBeans are registered with the application's own MBean server");
    }
  }

  private void registerAll(MBeanServer server) throws JMException {
    add(server, ObjectNames.AGENT, agent, AgentMXBean.class);
    add(
        server,
        ObjectNames.HTTP_CACHE,
        new HttpCacheMBean(
            engine.httpCache(), engine.endpoints(), engine.settings().cache().defaultTtl()),
        HttpCacheMXBean.class);
    add(
        server,
        ObjectNames.LEARNING,
        new LearningMBean(
            engine.httpCache().learning(), engine.httpCache().observations(), engine.cache()),
        LearningMXBean.class);
    add(
        server,
        ObjectNames.ENDPOINTS,
        new EndpointsMBean(engine.endpoints()),
        EndpointsMXBean.class);
    add(
        server,
        ObjectNames.ADMISSION,
        new AdmissionMBean(engine.admission()),
        AdmissionMXBean.class);
    InstantSource clock = InstantSource.system();
    add(
        server,
        ObjectNames.CACHE,
        new CacheMBean(
            engine.cache(), new Inspection(engine.settings(), clock), engine.log(), clock),
        CacheMXBean.class);
    add(
        server,
        ObjectNames.RULES,
        new RulesMBean(
            engine.ruleReloader(),
            engine.httpCache(),
            engine.settings().cache().defaultTtl(),
            engine.log()),
        RulesMXBean.class);
    add(server, ObjectNames.L1, new MemoryTierMBean(engine.cache()), MemoryTierMXBean.class);
    add(
        server,
        ObjectNames.APPLICATION,
        new ApplicationCacheMBean(
            engine.applicationCaches(), engine.settings().cache().applicationMaxItems()),
        ApplicationCacheMXBean.class);
    add(
        server,
        ObjectNames.SYSTEM,
        new SystemMBean(engine.systemMonitor(), clock),
        SystemMXBean.class);
    Optimization optimization = engine.optimization();
    add(server, ObjectNames.OPTIMIZER, new OptimizerMBean(optimization), OptimizerMXBean.class);
    for (RuleState rule : optimization.optimizer().ruleStates()) {
      add(
          server,
          ObjectNames.rule(rule.name()),
          new RuleMBean(optimization.optimizer(), rule.name()),
          RuleMXBean.class);
    }
    RedisTier redis = engine.cache().redis();
    if (redis != null) {
      add(server, ObjectNames.L2, new RedisTierMBean(redis, engine.cache()), RedisTierMXBean.class);
      add(server, ObjectNames.CODEC, new CodecMBean(engine.frames()), CodecMXBean.class);
      add(
          server,
          ObjectNames.COHERENCE,
          new CoherenceMBean(redis, engine.coherence()),
          CoherenceMXBean.class);
    }
  }

  private <T> void add(MBeanServer server, String name, T bean, Class<T> mxBean)
      throws JMException {
    ObjectName objectName = new ObjectName(name);
    server.registerMBean(new DescribedMBean(bean, mxBean), objectName);
    names.add(objectName);
  }

  /** Unregisters every MXBean, those that somebody else has unregistered excepted. */
  public synchronized void unregister() throws JMException {
    ended = true;
    if (names.isEmpty()) {
      return;
    }
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : names) {
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
    }
  }
}
