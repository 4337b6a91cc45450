package dev.slipstream.agent;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Engine;

/**
 * The adapters, one for each server API in the process.
 *
 * <p>An adapter is held by the API's own class and by the classes that extend it: it dies with
 * them, and a web application that was undeployed leaves nothing behind.
 */
final class Adapters {
  private final Engine engine;

  private final ClassValue<Adapter> byApi =
      new ClassValue<>() {
        @Override
        protected Adapter computeValue(Class<?> api) {
          return AdapterClassLoader.servletAdapter(api, engine);
        }
      };

  private final ClassValue<Adapter> byTarget =
      new ClassValue<>() {
        @Override
        protected Adapter computeValue(Class<?> target) {
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
    return byTarget.get(target);
  }
}
