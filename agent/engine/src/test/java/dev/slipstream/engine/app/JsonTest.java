package dev.slipstream.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonTest {
  private static final ClassLoader OURS = JsonTest.class.getClassLoader();

  /** What the application has on its class path. */
  enum Library {
    JACKSON_3("com.fasterxml.jackson.databind."),
    JACKSON_2("tools.jackson.");

    private final String hidden;

    Library(String hidden) {
      this.hidden = hidden;
    }

    Json json() {
      return new Json(hiding(hidden));
    }
  }

  private static ClassLoader hiding(String... prefixes) {
    return new ClassLoader(OURS) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        for (String prefix : prefixes) {
          if (name.startsWith(prefix)) {
            throw new ClassNotFoundException(name);
          }
        }
        return super.loadClass(name, resolve);
      }
    };
  }

  record Point(int x, int y) {}

  record Named(String name, List<Point> points) {}

  static class Bean {
    private String name = "";

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }
  }

  static final class LargerBean extends Bean {
    public int getSize() {
      return 1;
    }
  }

  static List<Named> named() {
    return List.of();
  }

  static Set<String> texts() {
    return Set.of();
  }

  static Map<String, Object> objects() {
    return Map.of();
  }

  private static Type typeOf(String method) {
    try {
      return JsonTest.class.getDeclaredMethod(method).getGenericReturnType();
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static @Nullable Object throughBytes(Json json, Object value, Type type) {
    byte[] bytes = json.write(value, type);
    return bytes == null ? null : json.read(bytes, type);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void values_ofDeclaredTypes_comeBackTheSame(Library library) {
    Json json = library.json();
    Named value = new Named("a", List.of(new Point(1, 2)));
    assertThat(throughBytes(json, value, Named.class)).isEqualTo(value);
    assertThat(throughBytes(json, List.of(value), typeOf("named"))).isEqualTo(List.of(value));
    Set<String> texts = Set.of("a", "b", "c", "d", "e");
    assertThat(throughBytes(json, texts, typeOf("texts"))).isEqualTo(texts);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void bean_withoutEquals_comesBack(Library library) {
    Bean bean = new Bean();
    bean.setName("a");
    assertThat(throughBytes(library.json(), bean, Bean.class))
        .isInstanceOfSatisfying(Bean.class, read -> assertThat(read.getName()).isEqualTo("a"));
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void value_thatWouldComeBackAsAnother_isNotWritten(Library library) {
    Json json = library.json();
    assertThat(json.write(new LargerBean(), Bean.class)).as("a subclass").isNull();
    assertThat(json.write(new Bean(), Object.class)).as("of no type").isNull();
    assertThat(json.write(List.of(), List.class)).as("of a raw type").isNull();
    assertThat(json.write(Map.of("a", 1L), typeOf("objects"))).as("of objects").isNull();
    assertThat(json.write(new Thread(), Thread.class)).as("no data").isNull();
  }

  @Test
  void read_whatIsNoJsonOfTheType_isNull() {
    Json json = Library.JACKSON_2.json();
    assertThat(json.read("{\"x\":".getBytes(StandardCharsets.UTF_8), Point.class)).isNull();
    assertThat(json.read("[\"java.lang.Thread\",{}]".getBytes(StandardCharsets.UTF_8), Point.class))
        .isNull();
  }

  @Test
  void withoutJackson_thereIsNoJson() {
    Json json = new Json(hiding("com.fasterxml.", "tools.jackson."));
    assertThat(json.write(new Point(1, 2), Point.class)).isNull();
    assertThat(json.read(new byte[] {'{', '}'}, Point.class)).isNull();
  }
}
