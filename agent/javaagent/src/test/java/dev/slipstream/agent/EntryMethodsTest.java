package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryMethodsTest {
  @Test
  void named_methodsOfOneClass_areTogether() {
    assertThat(EntryMethods.named(List.of("a.B#c", "a.B#d", "a.E$F#g")))
        .isEqualTo(Map.of("a/B", Set.of("c", "d"), "a/E$F", Set.of("g")));
  }

  @Test
  void named_wholeClass_isMoreThanAMethodOfIt() {
    assertThat(EntryMethods.named(List.of("a.B#c", "a.B"))).isEqualTo(Map.of("a/B", Set.of()));
    assertThat(EntryMethods.named(List.of("a.B", "a.B#c"))).isEqualTo(Map.of("a/B", Set.of()));
  }

  @Test
  void descriptors_areThoseOfTheApi() {
    assertThat(EntryMethods.doFilter("javax"))
        .isEqualTo(
            "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;"
                + "Ljavax/servlet/FilterChain;)V");
  }
}
