package com.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.gateway.backend.DemoBackend;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.apache.catalina.LifecycleException;

/**
 * The program: a demo backend, and the gateway in front of it, until the process is told to stop.
 */
public final class Main {

  private static final System.Logger LOG = System.getLogger(Main.class.getName());
  private static final Duration BACKEND_TIMEOUT = Duration.ofSeconds(10);

  private Main() {}

  public static void main(String[] arguments) throws IOException, LifecycleException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.ERROR, "{0}\n{1}", e.getMessage(), Options.USAGE);
      System.exit(2);
      return;
    }
    try (var backend = DemoBackend.start();
        var gateway = Gateway.start(options, new Upstream(backend.location(), BACKEND_TIMEOUT))) {
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "shutdown"));
      announce("gateway ready on " + gateway.location());
      gateway.await();
    }
  }

  /** Writes the one line of standard output; whatever started this process waits for it. */
  private static void announce(String line) {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.println(line);
  }
}
