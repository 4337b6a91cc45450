package dev.slipstream.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request came through a servlet of CXF's, which starts its applications apart from their
 * servlet: then the servlet's exchange is the one, even where the agent did not see it.
 */
final class InServlet {
  private static final String CXF_CONTEXT = "org.apache.cxf.jaxrs.impl.ContainerRequestContextImpl";
  private static final String SERVLET_CONFIG = "HTTP.CONFIG";

  private static final ClassValue<Method> MESSAGE =
      new ClassValue<>() {
        @Override
        protected @Nullable Method computeValue(Class<?> type) {
          try {
            return type.getName().equals(CXF_CONTEXT) ? type.getMethod("getMessage") : null;
          } catch (NoSuchMethodException e) {
            return null;
          }
        }
      };

  private InServlet() {}

  static boolean is(ContainerRequestContext request) {
    Method message = MESSAGE.get(request.getClass());
    if (message == null) {
      return false;
    }
    try {
      return message.invoke(request) instanceof Map<?, ?> values
          && values.get(SERVLET_CONFIG) != null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return true; // in doubt it is
    }
  }
}
