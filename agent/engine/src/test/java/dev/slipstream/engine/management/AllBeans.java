package dev.slipstream.engine.management;

import dev.slipstream.config.LogLevel;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.profile.Outcome;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;

/** Every bean that there may be, registered as in a gateway with a Redis and one endpoint. */
final class AllBeans implements AutoCloseable {
  final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  final StandInAgent agent = new StandInAgent();
  final ErrorBreaker errors;
  final Engine engine;
  final Management management;

  AllBeans(String... settings) throws JMException {
    AgentLog log = AgentLog.toStandardError(LogLevel.ERROR, InstantSource.system());
    errors = new ErrorBreaker(System::nanoTime, log, () -> {});
    engine = new Engine(TestSettings.with(settings), log, errors, InstantSource.system());
    management = Management.register(engine, agent);
  }

  /** Counts an exchange of an endpoint. */
  void exchange(String method, String path) {
    engine.endpoints().at(method, path).record(Outcome.HIT_L1, 200, 1_000_000, 100);
  }

  void awaitBeansOfEndpoints(int count) throws JMException {
    ObjectName each = new ObjectName("dev.slipstream:type=Endpoint,*");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.queryNames(each, null).size() == count);
  }

  /** What describes each bean, by its name. */
  Map<ObjectName, MBeanInfo> infos() throws JMException {
    Map<ObjectName, MBeanInfo> infos = new TreeMap<>();
    for (ObjectName name : server.queryNames(new ObjectName("dev.slipstream:*"), null)) {
      infos.put(name, server.getMBeanInfo(name));
    }
    return infos;
  }

  @Override
  public void close() throws JMException {
    try {
      management.unregister();
    } finally {
      engine.close();
    }
  }
}
