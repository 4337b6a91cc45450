package com.example.gateway;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * The application in a context of Jetty, as an {@code Object}: an ee10 context is a core handler,
 * an ee8 context only supplies one.
 */
public final class JettyContext implements BiFunction<String, Path, Object> {
  @Override
  public Object apply(String contextPath, Path files) {
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath(contextPath);
    context.setBaseResourceAsPath(files);
    context.addServletContainerInitializer(new Application(DefaultServlet.class.getName()));
    ErrorPageErrorHandler errorPages = new ErrorPageErrorHandler();
    errorPages.addErrorPage(Application.STATUS_WITH_ERROR_PAGE, Application.ERROR_PAGE);
    // How deep a stack is depends on whether the dispatch met the thread still at work.
    errorPages.setShowStacks(false);
    setErrorHandler(context, errorPages);
    return context;
  }

  /** By reflection, because the parameter's type differs between ee8 and ee10. */
  private static void setErrorHandler(Object context, Object handler) {
    try {
      for (Method method : context.getClass().getMethods()) {
        if (method.getName().equals("setErrorHandler")
            && method.getParameterTypes()[0].isInstance(handler)) {
          method.invoke(context, handler);
          return;
        }
      }
      throw new NoSuchMethodException("setErrorHandler");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
