package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.EndpointMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.engine.learn.Learning;
import dev.slipstream.engine.profile.Endpoint;
import dev.slipstream.engine.profile.Endpoints;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * A bean for each of the endpoints with the most exchanges since the start, {@value #MOST} at most.
 * Thread-safe.
 */
final class EndpointBeans {
  /** How many there are at most. */
  static final int MOST = 100;

  private final MBeanServer server;
  private final Endpoints endpoints;
  private final Learning learning;
  private final LongSupplier nanoTicker;
  private final Map<String, ObjectName> registered = new HashMap<>();
  private @Nullable MBeanInfo info;
  private boolean ended;

  EndpointBeans(
      MBeanServer server, Endpoints endpoints, Learning learning, LongSupplier nanoTicker) {
    this.server = server;
    this.endpoints = endpoints;
    this.learning = learning;
    this.nanoTicker = nanoTicker;
  }

  /** Registers those that are among the busiest now, and unregisters the others. */
  synchronized void renew() throws JMException {
    if (ended) {
      return;
    }
    Set<String> busiest = new HashSet<>();
    for (Endpoint endpoint : endpoints.all().stream().limit(MOST).toList()) {
      busiest.add(endpoint.name());
    }
    for (String name : Set.copyOf(registered.keySet())) {
      if (!busiest.contains(name)) {
        unregister(name);
      }
    }
    for (Endpoint endpoint : endpoints.all()) {
      if (busiest.contains(endpoint.name()) && !registered.containsKey(endpoint.name())) {
        ObjectName objectName = new ObjectName(ObjectNames.endpoint(endpoint.name()));
        server.registerMBean(bean(endpoint), objectName);
        registered.put(endpoint.name(), objectName);
      }
    }
  }

  private DescribedMBean bean(Endpoint endpoint) {
    DescribedMBean bean =
        new DescribedMBean(new EndpointMBean(endpoint, learning, nanoTicker), EndpointMXBean.class);
    MBeanInfo known = info;
    if (known == null) {
      info = bean.getMBeanInfo();
    } else {
      bean.describeAs(known); // 100 times the same would be some MB
    }
    return bean;
  }

  private void unregister(String name) throws JMException {
    ObjectName objectName = registered.remove(name);
    if (objectName != null && server.isRegistered(objectName)) {
      server.unregisterMBean(objectName);
    }
  }

  /** Unregisters all, for good. */
  synchronized void end() throws JMException {
    ended = true;
    for (String name : Set.copyOf(registered.keySet())) {
      unregister(name);
    }
  }
}
