package dev.slipstream.jaxrs;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The template of the path that a request was matched by: asked from the implementation where it
 * tells, else put together from annotations.
 */
final class EndpointTemplate {
  private static final String UNKNOWN = "";

  /** By the method that was matched; as many as the application has. */
  private final Map<Method, String> byMethod = new ConcurrentHashMap<>();

  /** What an implementation's {@link UriInfo} tells more than the API. */
  private static final ClassValue<Told> TOLD =
      new ClassValue<>() {
        @Override
        protected Told computeValue(Class<?> type) {
          return new Told(
              method(type, "getMatchedResourceTemplate"), method(type, "getMatchedTemplates"));
        }
      };

  /**
   * What can be asked.
   *
   * @param template of JAX-RS 4.0
   * @param templates of Jersey: the last one matched is the first
   */
  private record Told(@Nullable Method template, @Nullable Method templates) {}

  /** The template, with that of the application; null where it is not known. */
  @Nullable String of(ContainerRequestContext request, @Nullable ResourceInfo resource) {
    UriInfo uri = request.getUriInfo();
    String base = uri.getBaseUri().getRawPath();
    try {
      Told told = TOLD.get(uri.getClass());
      if (told.templates() != null) {
        return joined(base, templates(told.templates().invoke(uri)));
      }
      if (told.template() != null && told.template().invoke(uri) instanceof String template) {
        return joined("", template);
      }
    } catch (InvocationTargetException | IllegalAccessException | RuntimeException e) {
      return null; // it will be called by its path
    }
    Method method = resource == null ? null : resource.getResourceMethod();
    Class<?> type = resource == null ? null : resource.getResourceClass();
    if (method == null || type == null) {
      return null;
    }
    String annotated = byMethod.computeIfAbsent(method, unused -> annotated(type, method));
    return annotated.equals(UNKNOWN) ? filledIn(uri) : joined(base, annotated);
  }

  private static @Nullable Method method(Class<?> type, String name) {
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      for (Class<?> api : one.getInterfaces()) {
        Method method = inInterface(api, name);
        if (method != null) {
          return method;
        }
      }
    }
    return null;
  }

  private static @Nullable Method inInterface(Class<?> api, String name) {
    try {
      return api.getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static String templates(Object all) throws IllegalAccessException {
    StringBuilder path = new StringBuilder();
    if (all instanceof List<?> templates) {
      for (int i = templates.size() - 1; i >= 0; i--) {
        path.append(text(templates.get(i)));
      }
    }
    return path.toString();
  }

  private static String text(Object template) throws IllegalAccessException {
    try {
      return String.valueOf(template.getClass().getMethod("getTemplate").invoke(template));
    } catch (NoSuchMethodException | InvocationTargetException e) {
      throw new IllegalStateException("a template without text", e);
    }
  }

  /** A resource class without a path is one that a locator has returned. */
  private static String annotated(Class<?> type, Method method) {
    Path ofClass = ofClass(type);
    Path ofMethod = ofMethod(type, method);
    if (ofClass == null) {
      return UNKNOWN;
    }
    return joined(ofClass.value(), ofMethod == null ? "" : ofMethod.value());
  }

  private static @Nullable Path ofClass(@Nullable Class<?> type) {
    if (type == null) {
      return null;
    }
    Path path = type.getAnnotation(Path.class);
    for (Class<?> api : type.getInterfaces()) {
      path = path == null ? ofClass(api) : path;
    }
    return path == null ? ofClass(type.getSuperclass()) : path;
  }

  private static @Nullable Path ofMethod(@Nullable Class<?> type, Method method) {
    if (method.isAnnotationPresent(Path.class)) {
      return method.getAnnotation(Path.class);
    }
    if (type == null) {
      return null;
    }
    try {
      Path path =
          type.getDeclaredMethod(method.getName(), method.getParameterTypes())
              .getAnnotation(Path.class);
      if (path != null) {
        return path;
      }
    } catch (NoSuchMethodException e) {
      // an ancestor has it
    }
    for (Class<?> api : type.getInterfaces()) {
      Path path = ofMethod(api, method);
      if (path != null) {
        return path;
      }
    }
    return ofMethod(type.getSuperclass(), method);
  }

  /** The path with the values of its parameters replaced by their names. */
  private static String filledIn(UriInfo uri) {
    StringBuilder path = new StringBuilder();
    for (String segment : uri.getRequestUri().getRawPath().split("/", -1)) {
      String text = segment;
      for (Map.Entry<String, List<String>> one : uri.getPathParameters(false).entrySet()) {
        if (!segment.isEmpty() && one.getValue().contains(segment)) {
          text = '{' + one.getKey() + '}';
        }
      }
      path.append(path.length() == 0 && text.isEmpty() ? "" : "/" + text);
    }
    return path.toString();
  }

  /** Paths as one, with single slashes between them; expressions of parameters are left out. */
  private static String joined(String first, String second) {
    String path =
        "/"
            + first
            + "/"
            + second.replaceAll("\\{\\s*([^:{}\\s]+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}");
    String single = path.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }
}
