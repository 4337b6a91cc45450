package dev.slipstream.it.servers;

import java.io.File;
import java.util.List;

/** Undertow inside an application. */
final class Undertows {
  static final Server UNDERTOW_2_3 = undertow("undertow2.3", "2.3.26.Final", Api.JAKARTA, 17, 25);

  private Undertows() {}

  static List<Server> all() {
    return List.of(undertow("undertow2.2", "2.2.40.Final", Api.JAVAX, 17, 25), UNDERTOW_2_3);
  }

  private static Server undertow(String name, String version, Api api, Integer... jdks) {
    Project project = Project.jar("undertow", api, "io.undertow:undertow-servlet:" + version);
    return new Server(
        name,
        "Undertow " + version + ", embedded",
        api,
        List.of(jdks),
        List.of("/app/plain/ready"),
        "/app/plain/steady",
        Probes.webApplication("/app"),
        place ->
            place.java(
                "-cp", classPath(project), "com.example.undertow.UndertowMain", place.port()));
  }

  static String classPath(Project project) {
    return project.built().resolve("app.jar")
        + File.pathSeparator
        + project.built().resolve("dependency").resolve("*");
  }
}
