package dev.slipstream.agent;

import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;

/**
 * Installs the agent: from here on loaded classes are looked at, and nothing else happens until the
 * first of them is an entry point (law 3).
 *
 * <p>A {@link BiConsumer} of the agent's arguments and the JVM's instrumentation, because its
 * caller is in another class loader.
 */
public final class Installer implements BiConsumer<String, Instrumentation> {
  /** Made by the agent's entry points. */
  public Installer() {}

  @Override
  public void accept(String arguments, Instrumentation instrumentation) {
    new AgentRuntime(arguments, instrumentation).watch();
  }
}
