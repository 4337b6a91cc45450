package dev.slipstream.it.servers;

import dev.slipstream.it.servers.Server.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** WildFly as its script starts it, with a base folder of its own. */
final class WildFly {
  private static final List<String> OPENED =
      List.of(
          "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
          "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
          "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.management/javax.management=ALL-UNNAMED",
          "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

  private WildFly() {}

  static Layout layout(String version, Api api) {
    return place -> lay("org.wildfly:wildfly-dist:" + version + ":zip", api, place);
  }

  private static Command lay(String coordinates, Api api, Place place) throws IOException {
    Path home = Published.distribution(coordinates);
    Path base = place.folder().resolve("standalone");
    Files.createDirectories(base.resolve("log"));
    Web.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
    Files.createDirectories(base.resolve("deployments"));
    Files.copy(Web.pages(api), base.resolve("deployments/app.war"));
    Files.copy(Web.resources(api), base.resolve("deployments/rest.war"));
    List<Object> line = new ArrayList<>(OPENED);
    line.addAll(
        List.of(
            "-Djboss.modules.system.pkgs=org.jboss.byteman",
            "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
            "-Dlogging.configuration=" + base.resolve("configuration/logging.properties").toUri(),
            "-jar",
            home.resolve("jboss-modules.jar"),
            "-mp",
            home.resolve("modules"),
            "org.jboss.as.standalone",
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + base,
            "-Djboss.http.port=" + place.port(),
            "-Djboss.https.port=" + Run.freePort(),
            "-Djboss.management.http.port=" + Run.freePort()));
    return place.java(line.toArray());
  }
}
