package dev.slipstream.it.servers;

import dev.slipstream.it.servers.Server.Layout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** TomEE as its script starts it, its agent included. */
final class TomEe {
  private TomEe() {}

  static Layout layout(String version, Api api) {
    return place ->
        lay("org.apache.tomee:apache-tomee:" + version + ":tar.gz:webprofile", api, place);
  }

  private static Command lay(String coordinates, Api api, Place place) throws IOException {
    Path home = Published.distribution(coordinates);
    Path base = place.folder();
    Web.copy(home.resolve("conf"), base.resolve("conf"));
    Files.createDirectories(base.resolve("logs"));
    Files.createDirectories(base.resolve("temp"));
    Files.createDirectories(base.resolve("webapps"));
    Files.copy(Web.pages(api), base.resolve("webapps/app.war"));
    Files.copy(Web.resources(api), base.resolve("webapps/rest.war"));
    Path configuration = base.resolve("conf/server.xml");
    Files.writeString(
        configuration,
        Files.readString(configuration)
            .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
            .replace(
                "<Connector port=\"8080\"",
                "<Connector port=\"" + place.port() + "\" address=\"127.0.0.1\""));
    return place.java(
        "-javaagent:" + home.resolve("lib/openejb-javaagent.jar"),
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + base,
        "-Djava.io.tmpdir=" + base.resolve("temp"),
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
        "-cp",
        home.resolve("bin/bootstrap.jar")
            + File.pathSeparator
            + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }
}
