package dev.slipstream.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the name of each class that is loaded, and weaves the entry points.
 *
 * <p>Nothing else is loaded for a class that does not match: it costs one comparison.
 */
final class EntryPointTransformer implements ClassFileTransformer {
  private final AgentRuntime runtime;

  EntryPointTransformer(AgentRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
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
      case "jakarta/servlet/http/HttpServlet", "javax/servlet/http/HttpServlet" -> {
        return runtime.weave(name, loader, bytes);
      }
      default -> {
        // no business of ours
      }
    }
    return null;
  }

  /** Whether a class that is loaded already is one that is woven. */
  static boolean isEntryPoint(Class<?> loaded) {
    String name = loaded.getName();
    return name.equals("jakarta.servlet.http.HttpServlet")
        || name.equals("javax.servlet.http.HttpServlet");
  }
}
