package dev.slipstream.engine;

/** Registers parts of the agent with an application that is being started. */
public interface Registrar {
  /** Registers them, unless they are registered. */
  void register(Object configurable) throws ReflectiveOperationException;
}
