package dev.slipstream.console.fake;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.InvalidationReport;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RedisTierMXBean;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The agent's MXBeans with numbers of the test's choosing. What was not chosen is 0, empty or
 * absent, so the interfaces may grow without this class.
 */
public final class FakeAgent {
  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private boolean redis;

  /** What an operation does. */
  @FunctionalInterface
  public interface Operation {
    Object call(Object[] arguments);
  }

  private static final InvalidationReport NOTHING =
      new InvalidationReport(false, 0, 0, 0, 0, 0, Map.of(), Map.of(), List.of(), true);

  public FakeAgent() {
    with(CacheMXBean.class, "flush", (Operation) arguments -> new FlushResult(0, 0));
    with(CacheMXBean.class, "invalidateWith", (Operation) arguments -> NOTHING);
  }

  /** Chooses what a method returns: a value, or what an {@link Operation} makes. */
  public FakeAgent with(Class<?> bean, String method, Object value) {
    redis |= bean == RedisTierMXBean.class;
    values.put(bean.getSimpleName() + "." + method, value);
    return this;
  }

  /** Numbers that tell one gateway from another, all multiples of a factor. */
  public FakeAgent withTraffic(long factor) {
    return with(HttpCacheMXBean.class, "getRequests", 100 * factor)
        .with(HttpCacheMXBean.class, "getHits", 60 * factor)
        .with(HttpCacheMXBean.class, "getMisses", 30 * factor)
        .with(HttpCacheMXBean.class, "getBypasses", 10 * factor)
        .with(HttpCacheMXBean.class, "getMeanResponseTimeMillis", 4.0 * factor)
        .with(CacheMXBean.class, "getTotalOperations", 130 * factor)
        .with(CacheMXBean.class, "getHits", 60 * factor)
        .with(CacheMXBean.class, "getMisses", 40 * factor)
        .with(CacheMXBean.class, "getSets", 25 * factor)
        .with(CacheMXBean.class, "getDeletes", 5 * factor)
        .with(MemoryTierMXBean.class, "getEntries", 7 * factor)
        .with(MemoryTierMXBean.class, "getMemoryUsageBytes", 7_000 * factor)
        .with(MemoryTierMXBean.class, "getHits", 50 * factor)
        .with(MemoryTierMXBean.class, "getMisses", 50 * factor)
        .with(MemoryTierMXBean.class, "getEvictions", 2 * factor)
        .with(AgentMXBean.class, "getErrors", factor);
  }

  /** A Redis with numbers. */
  public FakeAgent withRedis(String server, long hits, long misses, long keys) {
    return with(RedisTierMXBean.class, "getServer", server)
        .with(RedisTierMXBean.class, "isConnected", true)
        .with(RedisTierMXBean.class, "getMemoryUsageBytes", 1_000_000L)
        .with(RedisTierMXBean.class, "getKeys", keys)
        .with(RedisTierMXBean.class, "getHits", hits)
        .with(RedisTierMXBean.class, "getMisses", misses);
  }

  /** The operations that were called, each with its arguments. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** Registers the beans; that of Redis only if it was given numbers. */
  public void registerIn(MBeanServer server) throws JMException {
    register(server, ObjectNames.AGENT, AgentMXBean.class);
    register(server, ObjectNames.HTTP_CACHE, HttpCacheMXBean.class);
    register(server, ObjectNames.CACHE, CacheMXBean.class);
    register(server, ObjectNames.L1, MemoryTierMXBean.class);
    if (redis) {
      register(server, ObjectNames.L2, RedisTierMXBean.class);
    }
  }

  private <T> void register(MBeanServer server, String name, Class<T> type) throws JMException {
    Object bean =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object value = values.get(type.getSimpleName() + "." + method.getName());
              if (value instanceof Operation operation) {
                calls.add(method.getName() + Arrays.deepToString(arguments));
                return operation.call(arguments);
              }
              return value == null ? nothing(method.getReturnType()) : value;
            });
    server.registerMBean(new StandardMBean(type.cast(bean), type, true), new ObjectName(name));
  }

  private static Object nothing(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == String.class) {
      return "";
    }
    if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }
}
