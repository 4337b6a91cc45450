package dev.slipstream.it.servers;

import java.util.ArrayList;
import java.util.List;

/** What is asked of the pages of {@code com.example.servers}. */
final class Probes {
  private Probes() {}

  /** Every page, below a path. */
  static List<Probe> pages(String below) {
    return List.of(
        Probe.cached(below + "/item"),
        Probe.cached(below + "/item?b=2&a=1"),
        Probe.cached(below + "/json"),
        Probe.cached(below + "/big"),
        Probe.cached(below + "/gone"),
        Probe.cached(below + "/tagged"),
        Probe.either(below + "/tagged?conditional", "If-None-Match: \"v1\""),
        Probe.cached(below + "/language", "Accept-Language: en"),
        Probe.cached(below + "/language", "Accept-Language: de"),
        Probe.cached(below + "/coded?plain", "Accept-Encoding: identity"),
        Probe.cached(below + "/coded?coded", "Accept-Encoding: gzip"),
        Probe.head(below + "/item"),
        Probe.fresh(below + "/unstored"),
        Probe.fresh(below + "/private"),
        Probe.fresh(below + "/cookie"),
        Probe.fresh(below + "/who", "Authorization: Bearer alice"),
        Probe.fresh(below + "/who", "Authorization: Bearer bob"),
        Probe.fresh(below + "/item?basket", "Cookie: basket=7"),
        Probe.fresh(below + "/failed"),
        Probe.fresh(below + "/absent"),
        Probe.either(below + "/nothing"),
        Probe.either(below + "/moved"),
        Probe.post(below + "/echo", "first"),
        Probe.post(below + "/echo", "second"));
  }

  /** The deployed web application, by everything in it that answers. */
  static List<Probe> webApplication(String context) {
    List<Probe> probes = new ArrayList<>();
    for (String way : List.of("/plain", "/whole", "/filtered", "/async")) {
      probes.addAll(pages(context + way));
    }
    probes.add(Probe.either(context + "/plain/refused"));
    probes.add(Probe.either(context + "/plain/thrown"));
    probes.add(Probe.either(context + "/note.txt"));
    probes.add(Probe.either(context + "/absent.txt"));
    return List.copyOf(probes);
  }

  /** The deployed JAX-RS application. */
  static List<Probe> restApplication(String context) {
    return resources(context + "/api/rest");
  }

  /** The JAX-RS resource, below a path. */
  static List<Probe> resources(String below) {
    List<Probe> probes = new ArrayList<>(pages(below + "/pages"));
    probes.add(Probe.cached(below + "/items/7?q=a"));
    probes.add(Probe.cached(below + "/items/8"));
    probes.add(Probe.cached(below + "/streamed"));
    probes.add(Probe.cached(below + "/suspended/3"));
    probes.add(Probe.fresh(below + "/mapped/4"));
    probes.add(Probe.either(below + "/none"));
    probes.add(Probe.either(below + "/items/7", "Accept: text/html"));
    return List.copyOf(probes);
  }
}
