package dev.slipstream.console.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import javax.management.JMException;

/** A JVM with the agent's beans in its platform MBean server; ends when its input does. */
public final class FakeGatewayMain {
  private FakeGatewayMain() {}

  public static void main(String[] arguments) throws IOException, JMException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    if (arguments.length == 0) {
      new FakeAgent()
          .withTraffic(Integer.getInteger("factor", 1))
          .registerIn(ManagementFactory.getPlatformMBeanServer());
    }
    out.println("ready");
    while (System.in.read() >= 0) {
      // Until the test ends.
    }
  }
}
