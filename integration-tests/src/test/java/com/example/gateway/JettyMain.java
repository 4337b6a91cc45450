package com.example.gateway;

import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/**
 * The application twice in one Jetty: at {@code /jakarta} in an ee10 context and, as its renamed
 * copy, at {@code /javax} in an ee8 context. The first argument names the package of that copy, the
 * second the folder of static files.
 */
public final class JettyMain {
  private JettyMain() {}

  public static void main(String[] arguments) throws Exception {
    Path files = Path.of(arguments[1]).toAbsolutePath();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    contexts.addHandler(context(JettyContext.class.getPackageName(), "/jakarta", files));
    contexts.addHandler(context(arguments[0], "/javax", files));
    server.setHandler(contexts);
    server.start();
    Announcement.serve(connector.getLocalPort());
    server.stop();
  }

  @SuppressWarnings("unchecked") // A JettyContext, or its renamed copy.
  private static Handler context(String packageName, String contextPath, Path files)
      throws ReflectiveOperationException {
    BiFunction<String, Path, Object> factory =
        Class.forName(packageName + ".JettyContext")
            .asSubclass(BiFunction.class)
            .getConstructor()
            .newInstance();
    Object context = factory.apply(contextPath, files);
    return context instanceof Handler handler ? handler : ((Supplier<Handler>) context).get();
  }
}
