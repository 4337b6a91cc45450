package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectorTest {
  private static final List<String> G1 = List.of("G1 Young Generation", "G1 Old Generation");

  private static Collector of(List<String> beans, Map<String, String> options) {
    return Collector.of(beans, options::get);
  }

  @Test
  void of_zgc_isConcurrent() {
    assertThat(of(List.of("ZGC Cycles", "ZGC Pauses"), Map.of()).concurrent()).isTrue();
    assertThat(of(List.of("ZGC Minor Cycles", "ZGC Major Cycles"), Map.of()).name())
        .isEqualTo("ZGC");
  }

  @Test
  void of_g1_isConcurrentOnlyWhereAskedTo() {
    assertThat(of(G1, Map.of("ExplicitGCInvokesConcurrent", "true")).concurrent()).isTrue();
    Collector stopping = of(G1, Map.of("ExplicitGCInvokesConcurrent", "false"));
    assertThat(stopping.concurrent()).isFalse();
    assertThat(stopping.why())
        .isEqualTo("G1 stops the world without -XX:+ExplicitGCInvokesConcurrent");
    assertThat(of(G1, Map.of()).concurrent()).isFalse();
  }

  @Test
  void of_shenandoah_isConcurrentAsItIsByDefault() {
    List<String> beans = List.of("Shenandoah Pauses", "Shenandoah Cycles");
    assertThat(of(beans, Map.of("ExplicitGCInvokesConcurrent", "true")).concurrent()).isTrue();
    assertThat(of(beans, Map.of("ExplicitGCInvokesConcurrent", "false")).concurrent()).isFalse();
  }

  @Test
  void of_others_stopTheWorld() {
    Map<String, String> asked = Map.of("ExplicitGCInvokesConcurrent", "true");
    assertThat(of(List.of("PS Scavenge", "PS MarkSweep"), asked).concurrent()).isFalse();
    assertThat(of(List.of("Copy", "MarkSweepCompact"), asked).concurrent()).isFalse();
  }

  @Test
  void of_explicitCollectionsDisabled_isNotAsked() {
    Collector disabled = of(List.of("ZGC Cycles"), Map.of("DisableExplicitGC", "true"));
    assertThat(disabled.concurrent()).isFalse();
    assertThat(disabled.why()).isEqualTo("-XX:+DisableExplicitGC is set");
  }

  @Test
  void ofThisJvm_isOneThatCanBeNamed() {
    assertThat(Collector.ofThisJvm().name()).isNotBlank();
  }
}
