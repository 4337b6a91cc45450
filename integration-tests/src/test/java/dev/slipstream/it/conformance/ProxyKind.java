package dev.slipstream.it.conformance;

import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import java.util.List;
import java.util.Locale;

/** A container, and the servlet in it that a test goes through. */
public enum ProxyKind {
  JETTY_12_SYNC,
  JETTY_12_ASYNC,
  TOMCAT_11_SYNC,
  TOMCAT_11_ASYNC;

  boolean isJetty() {
    return this == JETTY_12_SYNC || this == JETTY_12_ASYNC;
  }

  /** Where the servlet is. */
  public String prefix() {
    return this == JETTY_12_SYNC || this == TOMCAT_11_SYNC ? "/sync" : "/async";
  }

  public String container() {
    return isJetty() ? "jetty-12" : "tomcat-11";
  }

  /** A gateway with the agent before an origin, to be started. */
  public static GatewayProcess.Builder gateway(
      String container, Origin origin, String... agentOptions) {
    return gatewayAlone(container, origin).agent(agentOptions);
  }

  /** A gateway without the agent before an origin, to be started. */
  public static GatewayProcess.Builder gatewayAlone(String container, Origin origin) {
    String main = container.startsWith("jetty") ? "JettyMain" : "TomcatMain";
    return new GatewayProcess.Builder("conformance-" + container, "com.example.proxy." + main)
        .classPath(Applications.proxyClassPath(container))
        .arguments(List.of(String.format(Locale.ROOT, "%d", origin.port())));
  }

  /** Whether the servlet goes asynchronous. */
  public boolean isAsynchronous() {
    return this == JETTY_12_ASYNC || this == TOMCAT_11_ASYNC;
  }
}
