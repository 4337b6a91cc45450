package dev.slipstream.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the name of each class that is loaded, and weaves the entry points.
 *
 * <p>As long as no server API is in sight, a class costs one comparison, and nothing else is loaded
 * for it. Then classes get a second look: a {@link ClassFileScan}, for servlets that are entered
 * past {@code HttpServlet} and for filters.
 */
final class EntryPointTransformer implements ClassFileTransformer {
  private final AgentRuntime runtime;
  private volatile boolean looking;
  private volatile Map<String, Set<String>> named = Map.of();
  private volatile Map<String, Set<String>> results = Map.of();

  EntryPointTransformer(AgentRuntime runtime) {
    this.runtime = runtime;
  }

  /** A server API is loaded: classes get a second look from now on. */
  void lookCloser() {
    looking = true;
  }

  /** Whether classes get a second look. */
  boolean isLookingCloser() {
    return looking;
  }

  /**
   * Weaves the results of these, too: methods by the internal name of their class.
   *
   * @return the classes of which other methods are woven now
   */
  Set<String> alsoCache(Map<String, Set<String>> methods) {
    Map<String, Set<String>> before = results;
    results = Map.copyOf(methods);
    Set<String> changed = new HashSet<>();
    methods.forEach(
        (name, all) -> {
          if (!before.getOrDefault(name, Set.of()).containsAll(all)) {
            changed.add(name);
          }
        });
    return changed;
  }

  /** Weaves these, too: methods by the internal name of their class; an empty set is all of it. */
  void alsoWeave(Map<String, Set<String>> methods) {
    named = Map.copyOf(methods);
  }

  /** Whether results of a class's methods are woven by name. */
  boolean namesResultsOf(Class<?> type) {
    return results.containsKey(type.getName().replace('.', '/'));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null) {
      return null;
    }
    switch (name) {
      case "java/util/logging/LogManager" -> runtime.loggingIsUp();
      case "jakarta/servlet/ServletRequest", "javax/servlet/ServletRequest" -> {
        looking = true;
        Privileged.run(
            () -> {
              runtime.apiIsSeen();
              return null;
            });
      }
      case Points.API_CLASS -> {
        looking = true;
        Privileged.run(
            () -> {
              runtime.apiIsSeen();
              return null;
            });
      }
      case "jakarta/servlet/http/HttpServlet", "javax/servlet/http/HttpServlet" -> {
        looking = true;
        return weave(name, loader, bytes, null, null);
      }
      case JaxRs.JERSEY, JaxRs.RESTEASY, JaxRs.CXF -> {
        looking = true;
        return weave(name, loader, bytes, null, null);
      }
      case Points.ORIGIN_FIELD_CLASS -> {
        return weave(name, loader, bytes, null, null);
      }
      default -> {
        if (looking && isOfTheApplication(loader, name)) {
          return look(name, loader, bytes);
        }
      }
    }
    return null;
  }

  private byte @Nullable [] look(String name, @Nullable ClassLoader loader, byte[] bytes) {
    Set<String> methods = named.get(name);
    Set<String> cached = results.get(name);
    ClassFileScan.Found found = ClassFileScan.of(bytes);
    boolean entered = methods != null || found.isEntryPoint();
    if (found.isCached() && cached == null) {
      cached = Set.of();
    }
    return entered || cached != null ? weave(name, loader, bytes, methods, cached) : null;
  }

  private byte @Nullable [] weave(
      String name,
      @Nullable ClassLoader loader,
      byte[] bytes,
      @Nullable Set<String> methods,
      @Nullable Set<String> cached) {
    return Privileged.run(() -> runtime.weave(name, loader, bytes, methods, cached));
  }

  /** Whether a class, by its internal name, is neither of the JDK nor ours. */
  static boolean isOfTheApplication(@Nullable ClassLoader loader, String name) {
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && !name.startsWith("dev/slipstream/");
  }

  /**
   * Whether a class that is loaded already is of a server API, which its entry points implement.
   */
  static boolean isApi(Class<?> loaded) {
    return switch (loaded.getName()) {
      case "jakarta.servlet.Servlet",
          "javax.servlet.Servlet",
          "jakarta.servlet.Filter",
          "javax.servlet.Filter",
          "jakarta.servlet.FilterChain",
          "javax.servlet.FilterChain" ->
          true;
      default -> false;
    };
  }

  // Loops: the first stream or lambda of a process costs milliseconds at its start (law 3).

  /** Those of the classes that are of a server API. */
  static List<Class<?>> apisAmong(Class<?>[] loaded) {
    List<Class<?>> apis = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (isApi(type)) {
        apis.add(type);
      }
    }
    return apis;
  }

  /**
   * Whether a class that is loaded already may have entry points: it implements an API, or is
   * named.
   */
  boolean mayBeEntered(Class<?> type, List<Class<?>> apis) {
    for (Class<?> api : apis) {
      if (api != type && api.isAssignableFrom(type)) {
        return true;
      }
    }
    String name = type.getName().replace('.', '/');
    return named.containsKey(name) || results.containsKey(name) || takesProviders(name);
  }

  /** Whether a class, by its internal name, is where JAX-RS applications are set up. */
  static boolean takesProviders(String name) {
    return switch (name) {
      case JaxRs.JERSEY, JaxRs.RESTEASY, JaxRs.CXF -> true; // constants: the class is not loaded
      default -> false;
    };
  }
}
