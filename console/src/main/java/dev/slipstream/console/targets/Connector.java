package dev.slipstream.console.targets;

import java.io.IOException;
import javax.management.remote.JMXConnector;

/** A way to a JVM's MBean server. */
@FunctionalInterface
interface Connector {
  /** Connects; may take as long as the network lets it. */
  JMXConnector connect() throws IOException;
}
