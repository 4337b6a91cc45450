package dev.slipstream.engine.app;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with arguments of a method in it: {@code user:{0}:{name}}. A number in braces is the
 * argument at that place, from 0 on; a name the argument of that name, where the class file has
 * names.
 */
final class KeyTemplate {
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private final Class<?>[] types;

  private KeyTemplate(Class<?>[] types) {
    this.types = types;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it names an argument that the method does not have
   */
  static KeyTemplate parse(String text, Method method) {
    KeyTemplate template = new KeyTemplate(method.getParameterTypes());
    int position = 0;
    int open;
    while ((open = text.indexOf('{', position)) >= 0) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("\"" + text + "\" has a brace that is not closed");
      }
      template.texts.add(text.substring(position, open));
      template.places.add(place(text.substring(open + 1, close), method));
      position = close + 1;
    }
    template.texts.add(text.substring(position));
    return template;
  }

  private static int place(String name, Method method) {
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      boolean named = parameters[i].isNamePresent() && parameters[i].getName().equals(name);
      if (named || name.equals(Integer.toString(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "{"
            + name
            + "} is none of the "
            + parameters.length
            + " parameters (compile with"
            + " -parameters, or use numbers from 0 on)");
  }

  /** The text; null where an argument cannot be told from others. */
  @Nullable String fill(@Nullable Object[] arguments) {
    StringBuilder filled = new StringBuilder(texts.get(0));
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      String text = ArgumentText.plain(arguments[place], types[place]);
      if (text == null) {
        return null;
      }
      filled.append(text).append(texts.get(i + 1));
    }
    return filled.toString();
  }
}
