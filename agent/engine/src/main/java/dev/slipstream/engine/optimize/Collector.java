package dev.slipstream.engine.optimize;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's collector, as far as it can be asked to collect.
 *
 * @param name what it is called
 * @param concurrent whether {@code System.gc()} lets the application go on meanwhile
 * @param why not; empty where it does
 */
record Collector(String name, boolean concurrent, String why) {
  /** That of this JVM. */
  static Collector ofThisJvm() {
    List<String> beans =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return of(beans, name -> option(options, name));
  }

  private static @Nullable String option(@Nullable HotSpotDiagnosticMXBean options, String name) {
    try {
      return options == null ? null : options.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return null; // of another JVM
    }
  }

  /**
   * The collector that the names of its MXBeans tell.
   *
   * @param option an option of the JVM by its name; null where it has none of the name
   */
  static Collector of(List<String> beans, Function<String, @Nullable String> option) {
    String all = String.join(" ", beans).toLowerCase(Locale.ROOT);
    String name =
        all.contains("zgc")
            ? "ZGC"
            : all.contains("shenandoah") ? "Shenandoah" : all.contains("g1 ") ? "G1" : "other";
    if ("true".equals(option.apply("DisableExplicitGC"))) {
      return new Collector(name, false, "-XX:+DisableExplicitGC is set");
    }
    boolean asked = "true".equals(option.apply("ExplicitGCInvokesConcurrent"));
    return switch (name) {
      case "ZGC" -> new Collector(name, true, "");
      case "Shenandoah", "G1" ->
          asked
              ? new Collector(name, true, "")
              : new Collector(
                  name, false, name + " stops the world without -XX:+ExplicitGCInvokesConcurrent");
      default -> new Collector(name, false, "the collector stops the world");
    };
  }
}
