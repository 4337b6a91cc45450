package dev.slipstream.it.servers;

import dev.slipstream.it.servers.Server.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** GlassFish with a domain of its own, and its relative Payara Micro. */
final class GlassFish {
  private static final List<String> PORTS =
      List.of("4848", "8181", "3700", "3820", "3920", "8686", "6666", "7676");

  private GlassFish() {}

  static Layout payaraMicro(String version, Api api) {
    return place -> {
      Path jar = Published.file("fish.payara.extras:payara-micro:" + version + ":jar");
      Path app = Files.copy(Web.pages(api), place.folder().resolve("app.war"));
      Path rest = Files.copy(Web.resources(api), place.folder().resolve("rest.war"));
      Path temporary = Files.createDirectories(place.folder().resolve("temporary"));
      return place.java(
          "-Djava.io.tmpdir=" + temporary,
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
          "--add-opens=java.base/sun.net.www.protocol.jrt=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
          "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
          "--add-opens=java.logging/java.util.logging=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "-jar",
          jar,
          "--nocluster",
          "--port",
          place.port(),
          "--deploy",
          app,
          "--deploy",
          rest);
    };
  }

  static Layout glassFish(String version, Api api) {
    return place ->
        lay("org.glassfish.main.distributions:glassfish:" + version + ":zip", api, place);
  }

  /** Its own launcher starts the server, with what the domain's configuration says. */
  private static Command lay(String coordinates, Api api, Place place) throws IOException {
    Path home = Published.distribution(coordinates).resolve("glassfish");
    Path domains = place.folder().resolve("domains");
    Path domain = domains.resolve("domain1");
    Web.copy(home.resolve("domains/domain1"), domain);
    Path configuration = domain.resolve("config/domain.xml");
    String options =
        place.options().stream()
            .map(option -> "<jvm-options>" + option + "</jvm-options>")
            .collect(Collectors.joining());
    String text =
        Files.readString(configuration)
            .replace("port=\"8080\"", "port=\"" + place.port() + "\"")
            .replaceFirst("<jvm-options>", options + "<jvm-options>");
    for (String port : PORTS) {
      int free = Run.freePort();
      text = text.replace("port=\"" + port + "\"", "port=\"" + free + "\"");
      text = text.replace("port=" + port + "<", "port=" + free + "<");
    }
    Files.writeString(configuration, text);
    Files.createDirectories(domain.resolve("autodeploy"));
    Files.copy(Web.pages(api), domain.resolve("autodeploy/app.war"));
    Files.copy(Web.resources(api), domain.resolve("autodeploy/rest.war"));
    return new Command(
            List.of(
                place.jdk().java().toString(),
                "-jar",
                home.resolve("lib/client/appserver-cli.jar").toString(),
                "start-domain",
                "--verbose",
                "--domaindir",
                domains.toString(),
                "domain1"))
        .with("AS_JAVA", place.jdk().home());
  }
}
