package dev.slipstream.console.api;

import java.time.Duration;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** Makes the console's one connector: with TLS or without, and with limits to its connections. */
final class Connectors {
  private static final int ACCEPT_QUEUE = 1_024;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private Connectors() {}

  static Connector listening(
      Listener listener, ConnectionLimits limits, Server server, HttpConfiguration http) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        listener.tls() == null
            ? new ServerConnector(server, plain)
            : new ServerConnector(server, TlsConnections.of(listener.tls(), http), plain);
    connector.setHost(listener.address().getHostAddress());
    connector.setPort(listener.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(limits);
    connector.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarted(LifeCycle started) {
            limits.watch(connector.getScheduler());
          }
        });
    return connector;
  }
}
