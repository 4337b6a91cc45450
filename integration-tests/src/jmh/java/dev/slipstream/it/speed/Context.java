package dev.slipstream.it.speed;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;

/** The application's context: it says which container this is, which is asked once. */
final class Context {
  static final ServletContext CONTEXT =
      (ServletContext)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {ServletContext.class},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "getServerInfo" -> "a container without a socket";
                    case "getMajorVersion", "getEffectiveMajorVersion" -> 5;
                    case "getMinorVersion", "getEffectiveMinorVersion" -> 0;
                    case "hashCode" -> 1;
                    default -> null;
                  });

  private Context() {}
}
