package dev.slipstream.it.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Jetty as it is downloaded, {@code jetty-home}, with the modules that deploy a WAR. */
final class Jetties {
  static final Server JETTY_9 =
      jetty("jetty9", "9.4.57.v20241219", Api.JAVAX, "http,deploy", 17, 25);

  private Jetties() {}

  static List<Server> all() {
    return List.of(
        JETTY_9,
        jetty("jetty10", "10.0.25", Api.JAVAX, "http,deploy", 17, 25),
        jetty("jetty11", "11.0.26", Api.JAKARTA, "http,deploy", 17, 25),
        jetty("jetty12.0-ee10", "12.0.31", Api.JAKARTA, "http,ee10-deploy", 17),
        jetty("jetty12-ee8", "12.1.12", Api.JAVAX, "http,ee8-deploy", 17, 25),
        jetty("jetty12-ee9", "12.1.12", Api.JAKARTA, "http,ee9-deploy", 17, 25),
        jetty("jetty12-ee10", "12.1.12", Api.JAKARTA, "http,ee10-deploy", 17, 25),
        jetty("jetty12-ee11", "12.1.12", Api.JAKARTA, "http,ee11-deploy", 17, 25));
  }

  private static Server jetty(
      String name, String version, Api api, String modules, Integer... jdks) {
    return new Server(
        name,
        "Jetty " + version + ", modules " + modules,
        api,
        List.of(jdks),
        List.of("/app/plain/ready"),
        "/app/plain/steady",
        Probes.webApplication("/app"),
        place -> lay("org.eclipse.jetty:jetty-home:" + version + ":tar.gz", api, modules, place));
  }

  private static Command lay(String coordinates, Api api, String modules, Place place)
      throws IOException {
    Path home = Published.distribution(coordinates);
    Path base = place.folder();
    Files.createDirectories(base.resolve("webapps"));
    Files.createDirectories(base.resolve("work"));
    Files.copy(Web.pages(api), base.resolve("webapps/app.war"));
    Web.write(
        base.resolve("start.d/tested.ini"),
        String.format(
            Locale.ROOT,
            """
        jetty.http.host=127.0.0.1
        jetty.http.port=%d
        --module=%s
        """,
            place.port(),
            modules));
    return place.java("-jar", home.resolve("start.jar"), "jetty.base=" + base);
  }
}
