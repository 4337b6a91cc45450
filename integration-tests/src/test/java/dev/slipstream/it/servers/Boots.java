package dev.slipstream.it.servers;

import java.util.ArrayList;
import java.util.List;

/** Applications on Spring Boot, as executable jars. */
final class Boots {
  static final Server BOOT_3 = boot("boot3", "3.5.14", Api.JAKARTA, 17, 25);

  private Boots() {}

  static List<Server> all() {
    return List.of(
        boot("boot2.3", "2.3.12.RELEASE", Api.JAVAX, 17),
        boot("boot2.7", "2.7.18", Api.JAVAX, 17),
        BOOT_3,
        boot("boot4", "4.1.2", Api.JAKARTA, 17, 25));
  }

  private static Server boot(String name, String version, Api api, Integer... jdks) {
    Project project =
        Project.boot(
            "boot", api, true, version, "org.springframework.boot:spring-boot-starter-web");
    List<Probe> probes = new ArrayList<>();
    for (String way : List.of("/plain", "/whole", "/filtered", "/async", "/mvc")) {
      probes.addAll(Probes.pages(way));
    }
    probes.add(Probe.cached("/mvc/called/7"));
    probes.add(Probe.cached("/mvc/streamed/8"));
    return new Server(
        name,
        "Spring Boot " + version + ", spring-boot-starter-web",
        api,
        List.of(jdks),
        List.of("/plain/ready"),
        "/mvc/steady",
        probes,
        place -> jar(project, place));
  }

  static Command jar(Project project, Place place, Object... arguments) {
    List<Object> line = new ArrayList<>();
    line.addAll(List.of("-jar", project.built().resolve("app.jar")));
    line.add("--server.port=" + place.port());
    line.add("--server.address=127.0.0.1");
    line.addAll(List.of(arguments));
    return place.java(line.toArray());
  }
}
