package dev.slipstream.it.servers;

import dev.slipstream.it.servers.Server.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Open Liberty as its script starts it, its agent included. */
final class Liberty {
  private Liberty() {}

  static Layout layout(String version, Api api, String... features) {
    return place ->
        lay("io.openliberty:openliberty-runtime:" + version + ":zip", api, features, place);
  }

  private static Command lay(String coordinates, Api api, String[] features, Place place)
      throws IOException {
    Path home = Published.distribution(coordinates);
    Path tools = home.resolve("bin/tools");
    String options = place.jdk().feature() < 24 ? "java9.options" : "java24.options";
    Path server = place.folder().resolve("servers/tested");
    Files.createDirectories(server.resolve("apps"));
    Files.copy(Web.pages(api), server.resolve("apps/app.war"));
    Files.copy(Web.resources(api), server.resolve("apps/rest.war"));
    String named =
        Arrays.stream(features)
            .map(feature -> "<feature>" + feature + "</feature>")
            .collect(Collectors.joining());
    Web.write(
        server.resolve("server.xml"),
        String.format(
            Locale.ROOT,
            """
        <server>
          <featureManager>%s</featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
          <webApplication location="app.war" contextRoot="/app"/>
          <webApplication location="rest.war" contextRoot="/rest"/>
        </server>
        """,
            named,
            place.port()));
    return place
        .java(
            List.of(
                    "@" + home.resolve("lib/platform/java").resolve(options),
                    "-javaagent:" + tools.resolve("ws-javaagent.jar"),
                    "-jar",
                    tools.resolve("ws-server.jar"),
                    "tested")
                .toArray())
        .with("WLP_USER_DIR", place.folder());
  }
}
