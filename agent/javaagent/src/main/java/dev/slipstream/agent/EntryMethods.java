package dev.slipstream.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The methods that a container calls, by descriptor; {@code api} is javax or jakarta. */
final class EntryMethods {
  private EntryMethods() {}

  /** Of {@code Servlet.service}, and of {@code FilterChain.doFilter}. */
  static String service(String api) {
    return "(L" + api + "/servlet/ServletRequest;L" + api + "/servlet/ServletResponse;)V";
  }

  /** Of {@code Filter.doFilter}. */
  static String doFilter(String api) {
    return service(api).replace(")V", "L" + api + "/servlet/FilterChain;)V");
  }

  /**
   * Those that settings name, by the internal name of their class; an empty set is all of it.
   *
   * @param names classes, or classes with a number sign and a method
   */
  static Map<String, Set<String>> named(List<String> names) {
    Map<String, Set<String>> methods = new HashMap<>();
    for (String name : names) {
      int sign = name.indexOf('#');
      String type = (sign < 0 ? name : name.substring(0, sign)).replace('.', '/');
      if (sign < 0) {
        methods.put(type, Set.of());
      } else if (methods.get(type) == null || !methods.get(type).isEmpty()) {
        methods.computeIfAbsent(type, unused -> new TreeSet<>()).add(name.substring(sign + 1));
      }
    }
    return methods;
  }
}
