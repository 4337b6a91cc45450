package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A method as operators write it: {@code com.example.Users#find(java.lang.String,int)}, or without
 * parentheses for all methods of that name.
 *
 * @param className the class, {@code $} before the name of a nested one
 * @param name the method
 * @param parameters the types of the parameters, as in Java; null for any
 */
public record MethodName(String className, String name, @Nullable List<String> parameters) {
  private static final Pattern FORM =
      Pattern.compile(
          "([\\w$]+(?:\\.[\\w$]+)*)#([\\w$]+)(?:\\(([^()]*)\\))?", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern TYPE =
      Pattern.compile("[\\w$]+(?:\\.[\\w$]+)*(?:\\[])*", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int LONGEST = 512;
  private static final Map<String, String> PRIMITIVES =
      Map.of(
          "boolean", "Z", "char", "C", "byte", "B", "short", "S", "int", "I", "long", "J", "float",
          "F", "double", "D");

  public MethodName {
    parameters = parameters == null ? null : List.copyOf(parameters);
  }

  /** Reads a method. */
  static MethodName parse(String text) throws InvalidValueException {
    Matcher form = text.length() > LONGEST ? null : FORM.matcher(text);
    if (form == null || !form.matches()) {
      throw new InvalidValueException("is not a method");
    }
    String types = form.group(3);
    List<String> parameters = null;
    if (types != null) {
      parameters = new ArrayList<>();
      for (String type : types.isBlank() ? new String[0] : types.split(",", -1)) {
        if (!TYPE.matcher(type.strip()).matches()) {
          throw new InvalidValueException("has a parameter that is no type");
        }
        parameters.add(type.strip());
      }
    }
    return new MethodName(form.group(1), form.group(2), parameters);
  }

  /** What name and descriptor of the method begin with in a class file (JVMS §4.3.3). */
  public String member() {
    List<String> types = parameters;
    if (types == null) {
      return name + '(';
    }
    StringBuilder member = new StringBuilder(name).append('(');
    for (String type : types) {
      String element = type;
      while (element.endsWith("[]")) {
        member.append('[');
        element = element.substring(0, element.length() - 2);
      }
      String primitive = PRIMITIVES.get(element);
      member.append(primitive == null ? 'L' + element.replace('.', '/') + ';' : primitive);
    }
    return member.append(')').toString();
  }

  /** The method as an operator writes it. */
  @Override
  public String toString() {
    List<String> types = parameters;
    return className + '#' + name + (types == null ? "" : '(' + String.join(",", types) + ')');
  }
}
