package dev.slipstream.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
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

  EntryPointTransformer(AgentRuntime runtime) {
    this.runtime = runtime;
  }

  /** A server API is loaded: classes get a second look from now on. */
  void lookCloser() {
    looking = true;
  }

  /** Weaves these, too: methods by the internal name of their class; an empty set is all of it. */
  void alsoWeave(Map<String, Set<String>> methods) {
    named = Map.copyOf(methods);
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
        runtime.apiIsSeen();
      }
      case "jakarta/servlet/http/HttpServlet", "javax/servlet/http/HttpServlet" -> {
        looking = true;
        return runtime.weave(name, loader, bytes, null);
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
    return methods != null || ClassFileScan.declaresEntryPoint(bytes)
        ? runtime.weave(name, loader, bytes, methods)
        : null;
  }

  private static boolean isOfTheApplication(@Nullable ClassLoader loader, String name) {
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

  /** Whether a class that is loaded already is named in the settings. */
  boolean isNamed(Class<?> loaded) {
    return named.containsKey(loaded.getName().replace('.', '/'));
  }
}
