package dev.slipstream.it.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tomcat as it is downloaded, with its own applications left out. */
final class Tomcats {
  static final String VERSION_9 = "9.0.117";
  static final String VERSION_10 = "10.1.59";

  static final Server TOMCAT_8 = tomcat("tomcat8", "8.5.100", Api.JAVAX, 17);
  static final Server TOMCAT_9 = tomcat("tomcat9", VERSION_9, Api.JAVAX, 17, 25);
  static final Server TOMCAT_10 = tomcat("tomcat10", VERSION_10, Api.JAKARTA, 17, 25);
  static final Server TOMCAT_11 = tomcat("tomcat11", "11.0.24", Api.JAKARTA, 17, 25);

  private Tomcats() {}

  static List<Server> all() {
    return List.of(TOMCAT_8, TOMCAT_9, TOMCAT_10, TOMCAT_11);
  }

  private static Server tomcat(String name, String version, Api api, Integer... jdks) {
    return new Server(
        name,
        "Tomcat " + version,
        api,
        List.of(jdks),
        List.of("/app/plain/ready"),
        "/app/plain/steady",
        Probes.webApplication("/app"),
        place -> lay(version, Web.pages(api), place));
  }

  /** With the web application at {@code /app}. */
  static Command lay(String version, Path war, Place place) throws IOException {
    Path home = Published.distribution("org.apache.tomcat:tomcat:" + version + ":tar.gz");
    Path base = place.folder();
    Files.createDirectories(base.resolve("temp"));
    Files.createDirectories(base.resolve("webapps"));
    Files.createDirectories(base.resolve("conf"));
    Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
    Files.copy(war, base.resolve("webapps/app.war"));
    Web.write(
        base.resolve("conf/server.xml"),
        String.format(
            Locale.ROOT,
            """
        <Server port="-1" shutdown="SHUTDOWN">
          <Service name="Catalina">
            <Connector port="%d" address="127.0.0.1"/>
            <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
              <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true"/>
            </Engine>
          </Service>
        </Server>
        """,
            place.port()));
    return place.java(
        "-Dorigin=http://127.0.0.1:" + place.origin(),
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + base,
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "-cp",
        home.resolve("bin/bootstrap.jar")
            + File.pathSeparator
            + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }
}
