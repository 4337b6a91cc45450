package dev.slipstream.agent;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Engine;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The adapters, one for each server API in the process.
 *
 * <p>An adapter is held by the API's own class and by the classes that extend it: it dies with
 * them, and a web application that was undeployed leaves nothing behind.
 */
final class Adapters {
  private final Engine engine;

  /** The classes that hold an adapter; weakly, and under its own lock. */
  private final Set<Class<?>> holders = Collections.newSetFromMap(new WeakHashMap<>());

  private volatile boolean closed;

  private final ClassValue<Adapter> byApi =
      new ClassValue<>() {
        @Override
        protected Adapter computeValue(Class<?> api) {
          holds(api);
          return AdapterClassLoader.servletAdapter(api, engine);
        }
      };

  private final ClassValue<Adapter> byTarget =
      new ClassValue<>() {
        @Override
        protected Adapter computeValue(Class<?> target) {
          holds(target);
          for (Class<?> type = target; type != null; type = type.getSuperclass()) {
            if (EntryPointTransformer.isEntryPoint(type)) {
              return byApi.get(type);
            }
          }
          throw new IllegalArgumentException(target + " is no servlet");
        }
      };

  Adapters(Engine engine) {
    this.engine = engine;
  }

  Adapter of(Class<?> target) {
    Adapter adapter = byTarget.get(target);
    if (closed) {
      release(); // this may have come after the other release
    }
    return adapter;
  }

  private void holds(Class<?> holder) {
    synchronized (holders) {
      holders.add(holder);
    }
  }

  /** Takes every adapter from the classes that hold it: they outlive the agent. */
  void close() {
    closed = true;
    release();
  }

  private void release() {
    synchronized (holders) {
      for (Class<?> holder : holders) {
        byTarget.remove(holder);
        byApi.remove(holder);
      }
      holders.clear();
    }
  }
}
