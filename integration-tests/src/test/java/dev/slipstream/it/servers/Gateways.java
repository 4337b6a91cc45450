package dev.slipstream.it.servers;

import java.util.ArrayList;
import java.util.List;

/** Gateways, which hand the pages of {@link Origin} on. */
final class Gateways {
  private Gateways() {}

  static List<Server> all() {
    return List.of(
        cloudGateway("cloud-gateway-mvc4", "3.3.13", "2023.0.6", "gateway.mvc", 17),
        cloudGateway("cloud-gateway-mvc5", "4.0.9", "2025.1.4", "gateway.server.webmvc", 17, 25),
        zuul());
  }

  private static Server cloudGateway(
      String name, String boot, String cloud, String prefix, Integer... jdks) {
    String starter =
        prefix.endsWith("webmvc")
            ? "spring-cloud-starter-gateway-server-webmvc"
            : "spring-cloud-starter-gateway-mvc";
    Project project =
        Project.boot(
                "cloud-gateway", Api.JAKARTA, false, boot, "org.springframework.cloud:" + starter)
            .managedBy("org.springframework.cloud:spring-cloud-dependencies:" + cloud);
    String route = "--spring.cloud." + prefix + ".routes[0].";
    return gateway(
        name,
        "Spring Cloud Gateway Server WebMVC of " + cloud + ", Spring Boot " + boot,
        Api.JAKARTA,
        List.of(jdks),
        Probes.pages("/api"),
        place ->
            Boots.jar(
                project,
                place,
                route + "id=origin",
                route + "uri=http://127.0.0.1:" + place.origin(),
                route + "predicates[0]=Path=/api/**"));
  }

  private static Server zuul() {
    Project project =
        Project.boot(
                "zuul",
                Api.JAVAX,
                false,
                "2.3.12.RELEASE",
                "org.springframework.boot:spring-boot-starter-web",
                "org.springframework.cloud:spring-cloud-starter-netflix-zuul")
            .managedBy("org.springframework.cloud:spring-cloud-dependencies:Hoxton.SR12");
    return gateway(
        "zuul1",
        "Zuul 1 of Hoxton.SR12, Spring Boot 2.3.12",
        Api.JAVAX,
        List.of(17),
        Probes.pages("/api"),
        place ->
            Boots.jar(
                project,
                place,
                "--zuul.routes.origin.path=/api/**",
                "--zuul.routes.origin.strip-prefix=false",
                "--zuul.routes.origin.url=http://127.0.0.1:" + place.origin()));
  }

  static Server gateway(
      String name,
      String what,
      Api api,
      List<Integer> jdks,
      List<Probe> probes,
      Server.Layout layout) {
    return new Server(
        name,
        what,
        api,
        jdks,
        List.of("/api/ready"),
        "/api/steady",
        new ArrayList<>(probes),
        layout);
  }
}
