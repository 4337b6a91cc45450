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
import dev.slipstream.engine.AgentThreads;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.Inspection;
import dev.slipstream.engine.management.remote.RemoteConnector;
import dev.slipstream.engine.optimize.Optimization;
import dev.slipstream.engine.optimize.RuleState;
import dev.slipstream.engine.redis.RedisTier;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The agent's MXBeans in the platform's MBean server. */
public final class Management {
  private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RENEWAL = Duration.ofSeconds(10);

  private final Engine engine;
  private final AgentMXBean agent;
  private final List<ObjectName> names = new ArrayList<>();
  private final Lanes lanes;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, task -> AgentThreads.make("management", task));
  private @Nullable RemoteConnector remote;
  private @Nullable News news;
  private @Nullable EndpointBeans endpointBeans;
  private boolean waiting;
  private boolean ended;

  private Management(Engine engine, AgentMXBean agent) {
    this.engine = engine;
    this.agent = agent;
    this.lanes = new Lanes(engine.log());
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
    InstantSource clock = InstantSource.system();
    News told = new News(engine, agent, lanes, clock);
    news = told;
    add(server, ObjectNames.AGENT, agent, AgentMXBean.class, told.agentItself());
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
        AdmissionMXBean.class,
        told.admission());
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
        RulesMXBean.class,
        told.rules());
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
    add(
        server,
        ObjectNames.OPTIMIZER,
        new OptimizerMBean(optimization),
        OptimizerMXBean.class,
        told.optimizer());
    for (RuleState rule : optimization.optimizer().ruleStates()) {
      add(
          server,
          ObjectNames.rule(rule.name()),
          new RuleMBean(optimization.optimizer(), rule.name()),
          RuleMXBean.class);
    }
    RedisTier redis = engine.cache().redis();
    if (redis != null) {
      add(
          server,
          ObjectNames.L2,
          new RedisTierMBean(redis, engine.cache()),
          RedisTierMXBean.class,
          told.tier());
      add(server, ObjectNames.CODEC, new CodecMBean(engine.frames()), CodecMXBean.class);
      add(
          server,
          ObjectNames.COHERENCE,
          new CoherenceMBean(redis, engine.coherence()),
          CoherenceMXBean.class);
    }
    EndpointBeans each =
        new EndpointBeans(
            server, engine.endpoints(), engine.httpCache().learning(), System::nanoTime);
    endpointBeans = each;
    remote = RemoteConnector.open(engine.settings().management().remote(), server, engine.log());
    if (remote != null) {
      every(LOOK, "looking after the JMX port", remote::look);
    }
    every(LOOK, "looking for news", told::look);
    every(RENEWAL, "renewing the beans of endpoints", each::renew);
  }

  private <T> void add(MBeanServer server, String name, T bean, Class<T> mxBean)
      throws JMException {
    add(server, name, new DescribedMBean(bean, mxBean));
  }

  private <T> void add(
      MBeanServer server, String name, T bean, Class<T> mxBean, Emitter notifications)
      throws JMException {
    add(server, name, new DescribedMBean(bean, mxBean, notifications));
  }

  private void add(MBeanServer server, String name, DescribedMBean bean) throws JMException {
    ObjectName objectName = new ObjectName(name);
    server.registerMBean(bean, objectName);
    names.add(objectName);
  }

  private void every(Duration pause, String what, Engine.Task task) {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (Throwable e) { // what gets by would end the schedule
                engine.errors().record(what, e);
              }
            },
            LOOK.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Unregisters every MXBean, those that somebody else has unregistered excepted. */
  public synchronized void unregister() throws JMException {
    ended = true;
    thread.shutdownNow();
    if (remote != null) {
      remote.close();
    }
    if (news != null) {
      news.end();
    }
    lanes.close();
    if (endpointBeans != null) {
      endpointBeans.end();
    }
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
