package dev.slipstream.engine;

/** What stands between the gate and one server API. */
public interface Adapter {
  /** What the woven methods of a class lead to; made once for each class. */
  EntryPoint entryPoint(Class<?> target);
}
