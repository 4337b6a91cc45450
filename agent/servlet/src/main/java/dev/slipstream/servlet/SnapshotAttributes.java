package dev.slipstream.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Array;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a request, as far as they are values.
 *
 * <p>Anything else may lead to the container's request (a deferred CSRF token does, as do contexts
 * of frameworks), which belongs to another client by the time it is used. Such an attribute is
 * withheld: who asks for it gives the run up. Those that their framework makes anew where they are
 * absent are left out.
 */
final class SnapshotAttributes {
  private static final List<String> MADE_ANEW =
      List.of(
          "org.springframework.web.",
          "org.apache.catalina.",
          "org.apache.tomcat.",
          "org.eclipse.jetty.",
          "io.undertow.");

  /** A container that offers it sends a file in place of a body. */
  private static final String SENDFILE = "org.apache.tomcat.sendfile.";

  /** Tomcat dispatches nothing, and says nothing, where its own attributes are missing. */
  private static final String DISPATCH = "org.apache.catalina.core.";

  private static final Set<Class<?>> VALUES =
      Set.of(String.class, Locale.class, UUID.class, URI.class, Boolean.class, Character.class);

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> withheld = new LinkedHashSet<>();
  private final Fidelity fidelity;

  SnapshotAttributes(HttpServletRequest request, Fidelity fidelity) {
    this.fidelity = fidelity;
    for (String name : Collections.list(request.getAttributeNames())) {
      Object value = request.getAttribute(name);
      Object copy = value == null ? null : copy(value);
      if (copy != null && !name.startsWith(SENDFILE)) {
        values.put(name, copy);
      } else if (value != null && MADE_ANEW.stream().noneMatch(name::startsWith)) {
        withheld.add(name);
      }
    }
  }

  synchronized @Nullable Object get(String name) {
    Object value = values.get(name);
    if (value == null) {
      if (withheld.contains(name) || name.startsWith(DISPATCH)) {
        throw fidelity.lose("attribute " + name);
      }
      if (MADE_ANEW.stream().anyMatch(name::startsWith)) {
        fidelity.doubt("attribute " + name);
      }
    }
    return value;
  }

  synchronized Enumeration<String> names() {
    List<String> names = new ArrayList<>(values.keySet());
    names.addAll(withheld);
    return Collections.enumeration(names);
  }

  synchronized void set(String name, @Nullable Object value) {
    if (name.startsWith(SENDFILE)) {
      throw fidelity.lose("attribute " + name);
    }
    withheld.remove(name);
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }

  /** A value itself, a copy of a usual collection of values, or null. */
  private static @Nullable Object copy(Object value) {
    Class<?> type = value.getClass();
    if (isValue(value)) {
      return value;
    }
    if (type.isArray()) {
      return copyOfArray(value);
    }
    if (value instanceof Map<?, ?> map) {
      if (!areValues(map.keySet()) || !areValues(map.values())) {
        return null;
      }
      return isImmutable(type)
          ? map
          : type == HashMap.class
              ? new HashMap<>(map)
              : type == LinkedHashMap.class ? new LinkedHashMap<>(map) : null;
    }
    if (value instanceof Collection<?> collection && areValues(collection)) {
      return isImmutable(type)
          ? collection
          : type == ArrayList.class
              ? new ArrayList<>(collection)
              : type == HashSet.class
                  ? new HashSet<>(collection)
                  : type == LinkedHashSet.class ? new LinkedHashSet<>(collection) : null;
    }
    return null;
  }

  private static @Nullable Object copyOfArray(Object array) {
    int length = Array.getLength(array);
    Class<?> of = array.getClass().getComponentType();
    if (!of.isPrimitive()) {
      for (int i = 0; i < length; i++) {
        Object element = Array.get(array, i);
        if (element != null && !isValue(element)) {
          return null;
        }
      }
    }
    Object copy = Array.newInstance(of, length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }

  private static boolean areValues(Collection<?> elements) {
    return elements.stream().allMatch(element -> element == null || isValue(element));
  }

  private static boolean isValue(Object object) {
    String type = object.getClass().getName();
    return VALUES.contains(object.getClass())
        || object instanceof Enum
        || object instanceof Charset
        || (object instanceof Number
            && (type.startsWith("java.lang.") || type.startsWith("java.math.")))
        || type.startsWith("java.time.");
  }

  private static boolean isImmutable(Class<?> type) {
    return type.getName().startsWith("java.util.ImmutableCollections$");
  }
}
