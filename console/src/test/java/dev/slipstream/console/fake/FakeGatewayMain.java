package dev.slipstream.console.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import javax.management.JMException;

/**
 * A JVM with the agent's beans; ends when its input does. They are in its platform MBean server, or
 * with a port as the argument behind a remote connector there.
 */
public final class FakeGatewayMain {
  private FakeGatewayMain() {}

  public static void main(String[] arguments) throws IOException, JMException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    FakeAgent agent = new FakeAgent().withTraffic(1);
    switch (arguments[0]) {
      case "local" -> agent.registerIn(ManagementFactory.getPlatformMBeanServer());
      case "without-agent" -> {}
      default -> {
        FakeGateway gateway = FakeGateway.with(agent, Integer.parseInt(arguments[0]));
        out.println("port " + gateway.called("any").port());
      }
    }
    out.println("ready");
    while (System.in.read() >= 0) {
      // Until the test ends.
    }
  }
}
