package dev.slipstream.servlet;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is inside a wrapper of ours where a container's object would be, in any version of the API.
 *
 * <p>Wrappers pass on what they do not know, methods of later APIs included; an application may
 * unwrap them. What our wrapper answers is answered by it here too, everything else gives the run
 * up.
 */
final class Innermost<T> implements InvocationHandler {
  // Dies with the adapter's loader. Only types of Servlet 3.1 may be named by methods of wrappers.
  private static final ClassValue<Map<List<Object>, Method>> ANSWERS =
      new ClassValue<>() {
        @Override
        protected Map<List<Object>, Method> computeValue(Class<?> wrapper) {
          Map<List<Object>, Method> answers = new HashMap<>();
          for (Method method : wrapper.getMethods()) {
            if (method.getDeclaringClass().getPackage() == Innermost.class.getPackage()) {
              answers.put(signature(method), method);
            }
          }
          return answers;
        }
      };

  private final Fidelity fidelity;
  private final Map<String, Object> known;
  private final T proxy;
  private @Nullable T wrapper;

  /**
   * Makes one.
   *
   * @param known the answers of methods that have no parameters and are not in every API
   */
  Innermost(Class<T> api, Fidelity fidelity, Map<String, Object> known) {
    this.fidelity = fidelity;
    this.known = known;
    this.proxy =
        api.cast(
            Proxy.newProxyInstance(Innermost.class.getClassLoader(), new Class<?>[] {api}, this));
  }

  T proxy() {
    return proxy;
  }

  void wrappedBy(T wrapper) {
    this.wrapper = wrapper;
  }

  /** The wrapper around an object; null where it is none of these. */
  static @Nullable Object wrapperOf(Object object) {
    return Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Innermost<?> innermost
        ? innermost.wrapper
        : null;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && arguments[0] == self;
        case "hashCode" -> System.identityHashCode(self);
        default -> "inside " + wrapper;
      };
    }
    Object answer = known.get(method.getName());
    if (answer != null && method.getParameterCount() == 0) {
      return answer;
    }
    Method answering =
        wrapper == null ? null : ANSWERS.get(wrapper.getClass()).get(signature(method));
    if (answering == null) {
      throw fidelity.lose(method.getName());
    }
    try {
      return answering.invoke(wrapper, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static List<Object> signature(Method method) {
    return List.of(method.getName(), Arrays.asList(method.getParameterTypes()));
  }
}
