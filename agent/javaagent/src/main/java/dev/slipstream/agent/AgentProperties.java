package dev.slipstream.agent;

import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * What the agent tells those who attach to the process, in the JVM's agent properties: no system
 * properties, and nothing that the application sees.
 *
 * <p>They are read with {@code VirtualMachine.getAgentProperties}, as the agent's command line
 * does. Thread-safe.
 */
final class AgentProperties {
  static final String STATE = "dev.slipstream.agent";
  static final String JAR = "dev.slipstream.jar";

  private final Properties properties;

  private AgentProperties(Properties properties) {
    this.properties = properties;
  }

  /** The JVM's; where it has none that can be had, properties that nobody reads. */
  static AgentProperties of(Instrumentation instrumentation) {
    Module ours = AgentProperties.class.getClassLoader().getUnnamedModule();
    try {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of("jdk.internal.vm", Set.of(ours)),
          Map.of(),
          Set.of(),
          Map.of());
      Class<?> support = Class.forName("jdk.internal.vm.VMSupport");
      return new AgentProperties((Properties) support.getMethod("getAgentProperties").invoke(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return new AgentProperties(new Properties());
    }
  }

  /** The path of the jar that the agent's code is from. */
  static String ownJar() {
    URL jar = AgentProperties.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(jar.toString())).toString();
  }

  void set(String name, String value) {
    properties.setProperty(name, value);
  }

  void remove(String name) {
    properties.remove(name);
  }
}
