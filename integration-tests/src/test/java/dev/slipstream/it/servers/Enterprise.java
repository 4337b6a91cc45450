package dev.slipstream.it.servers;

import java.util.ArrayList;
import java.util.List;

/** Servers of Java EE and Jakarta EE: they bring JAX-RS, and two web applications are deployed. */
final class Enterprise {
  private Enterprise() {}

  static List<Server> all() {
    return List.of(
        server(
            "wildfly26",
            "WildFly 26.1.3",
            Api.JAVAX,
            WildFly.layout("26.1.3.Final", Api.JAVAX),
            17),
        server(
            "wildfly39",
            "WildFly 39.0.1",
            Api.JAKARTA,
            WildFly.layout("39.0.1.Final", Api.JAKARTA),
            17,
            25),
        server(
            "liberty-javax",
            "Open Liberty 26.0.0.3, servlet-4.0, jaxrs-2.1",
            Api.JAVAX,
            Liberty.layout("26.0.0.3", Api.JAVAX, "servlet-4.0", "jaxrs-2.1"),
            17),
        server(
            "liberty-jakarta",
            "Open Liberty 26.0.0.3, servlet-6.0, restfulWS-3.1",
            Api.JAKARTA,
            Liberty.layout("26.0.0.3", Api.JAKARTA, "servlet-6.0", "restfulWS-3.1"),
            17,
            25),
        server(
            "payara5",
            "Payara Micro 5.2022.5",
            Api.JAVAX,
            GlassFish.payaraMicro("5.2022.5", Api.JAVAX),
            17),
        server(
            "payara6",
            "Payara Micro 6.2025.10",
            Api.JAKARTA,
            GlassFish.payaraMicro("6.2025.10", Api.JAKARTA),
            17),
        server(
            "payara7",
            "Payara Micro 7.2025.1",
            Api.JAKARTA,
            GlassFish.payaraMicro("7.2025.1", Api.JAKARTA),
            25),
        server(
            "glassfish7",
            "GlassFish 7.0.21",
            Api.JAKARTA,
            GlassFish.glassFish("7.0.21", Api.JAKARTA),
            17),
        server(
            "tomee8", "TomEE webprofile 8.0.13", Api.JAVAX, TomEe.layout("8.0.13", Api.JAVAX), 17),
        server(
            "tomee9",
            "TomEE webprofile 9.0.0",
            Api.JAKARTA,
            TomEe.layout("9.0.0", Api.JAKARTA),
            17));
  }

  private static Server server(
      String name, String what, Api api, Server.Layout layout, Integer... jdks) {
    List<Probe> probes = new ArrayList<>(Probes.webApplication("/app"));
    probes.addAll(Probes.restApplication("/rest"));
    return new Server(
        name,
        what,
        api,
        List.of(jdks),
        List.of("/app/plain/ready", "/rest/api/rest/pages/ready"),
        "/app/plain/steady",
        probes,
        layout);
  }
}
