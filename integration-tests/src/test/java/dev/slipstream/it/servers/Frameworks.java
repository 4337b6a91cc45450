package dev.slipstream.it.servers;

import java.util.ArrayList;
import java.util.List;

/** Web applications that others' frameworks answer for, on Tomcat, and Dropwizard's own server. */
final class Frameworks {
  private static final String REST = "/rest";

  private Frameworks() {}

  static List<Server> all() {
    return List.of(
        proxies(
            "proxies-javax",
            "org.mitre.dsmiley.httpproxy:smiley-http-proxy-servlet:1.12.1",
            "org.eclipse.jetty:jetty-proxy:9.4.57.v20241219",
            Api.JAVAX),
        proxies(
            "proxies-jakarta",
            "org.mitre.dsmiley.httpproxy:smiley-http-proxy-servlet:2.0",
            "org.eclipse.jetty:jetty-proxy:11.0.26",
            Api.JAKARTA),
        jersey("jersey2-filter", "2.47", Api.JAVAX),
        jersey("jersey3-filter", "3.1.10", Api.JAKARTA),
        cxf("cxf3", "3.6.10", Api.JAVAX),
        cxf("cxf4", "4.0.10", Api.JAKARTA),
        struts("struts6", "6.8.0", Api.JAVAX),
        struts("struts7", "7.1.1", Api.JAKARTA),
        wicket("wicket9", "9.23.0", Api.JAVAX),
        wicket("wicket10", "10.8.0", Api.JAKARTA),
        camel("camel3", "3.22.4", Api.JAVAX),
        camel("camel4", "4.14.5", Api.JAKARTA),
        dropwizard("dropwizard2", "2.1.12", "io.dropwizard", Api.JAVAX),
        dropwizard("dropwizard4", "4.0.17", "io.dropwizard.core", Api.JAKARTA));
  }

  private static Server proxies(String name, String smiley, String jetty, Api api) {
    List<Probe> probes = new ArrayList<>(Probes.pages("/app/smiley"));
    probes.addAll(Probes.pages("/app/jetty"));
    return onTomcat(
        name,
        smiley + ", " + jetty,
        "/app/smiley",
        probes,
        Project.war("proxies", api, smiley, jetty));
  }

  private static Server jersey(String name, String version, Api api) {
    return onTomcat(
        name,
        "Jersey " + version + " as a filter",
        "/app" + REST + "/pages",
        Probes.resources("/app" + REST),
        Project.war(
                "jersey-filter",
                api,
                "org.glassfish.jersey.containers:jersey-container-servlet:" + version,
                "org.glassfish.jersey.inject:jersey-hk2:" + version)
            .withRest());
  }

  private static Server cxf(String name, String version, Api api) {
    return onTomcat(
        name,
        "CXF " + version,
        "/app" + REST + "/pages",
        Probes.resources("/app" + REST),
        Project.war("cxf", api, "org.apache.cxf:cxf-rt-frontend-jaxrs:" + version).withRest());
  }

  private static Server struts(String name, String version, Api api) {
    return onTomcat(
        name,
        "Struts " + version,
        "/app",
        Probes.pages("/app"),
        Project.war("struts", api, "org.apache.struts:struts2-core:" + version));
  }

  private static Server wicket(String name, String version, Api api) {
    return onTomcat(
        name,
        "Wicket " + version,
        "/app/pages",
        Probes.pages("/app/pages"),
        Project.war("wicket", api, "org.apache.wicket:wicket-core:" + version));
  }

  private static Server camel(String name, String version, Api api) {
    return onTomcat(
        name,
        "Camel " + version + ", camel-servlet",
        "/app/pages",
        Probes.pages("/app/pages"),
        Project.war(
            "camel",
            api,
            "org.apache.camel:camel-servlet:" + version,
            "org.apache.camel:camel-core:" + version));
  }

  private static Server onTomcat(
      String name, String what, String below, List<Probe> probes, Project project) {
    boolean jakarta = project.api() == Api.JAKARTA;
    String version = jakarta ? Tomcats.VERSION_10 : Tomcats.VERSION_9;
    return new Server(
        name,
        what + ", on Tomcat " + version,
        project.api(),
        List.of(17),
        List.of(below + "/ready"),
        below + "/steady",
        probes,
        place -> Tomcats.lay(version, project.built().resolve("app.war"), place));
  }

  private static Server dropwizard(String name, String version, String packageName, Api api) {
    Project project =
        Project.jar("dropwizard", api, "io.dropwizard:dropwizard-core:" + version)
            .withRest()
            .with("DROPWIZARD", packageName);
    return new Server(
        name,
        "Dropwizard " + version,
        api,
        List.of(17),
        List.of("/rest/pages/ready"),
        "/rest/pages/steady",
        Probes.resources("/rest"),
        place ->
            place.java(
                "-Ddw.server.applicationConnectors[0].type=http",
                "-Ddw.server.applicationConnectors[0].bindHost=127.0.0.1",
                "-Ddw.server.applicationConnectors[0].port=" + place.port(),
                "-Ddw.server.adminConnectors[0].type=http",
                "-Ddw.server.adminConnectors[0].bindHost=127.0.0.1",
                "-Ddw.server.adminConnectors[0].port=" + Run.freePort(),
                "-cp",
                Undertows.classPath(project),
                "com.example.dropwizard.RestService",
                "server"));
  }
}
