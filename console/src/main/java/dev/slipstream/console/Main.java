package dev.slipstream.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipstream.console.api.ConsoleServer;
import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.targets.ConfiguredTargets;
import dev.slipstream.console.targets.LocalTargets;
import dev.slipstream.console.targets.Monitor;
import dev.slipstream.console.targets.RmiSettings;
import dev.slipstream.console.targets.Targets;
import io.javalin.util.JavalinException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;

/**
 * The program: serves until the process is told to stop. Exits with 2 if its options are not
 * understood, with 1 if it cannot listen.
 */
public final class Main {
  private static final PrintStream OUT = stream(FileDescriptor.out);
  private static final PrintStream ERR = stream(FileDescriptor.err);

  private Main() {}

  /** Starts the console. */
  public static void main(String[] arguments) {
    int status = run(arguments);
    if (status >= 0) {
      System.exit(status);
    }
  }

  /** The status to exit with; less than 0 if the console now serves. */
  private static int run(String... arguments) {
    Options options;
    InetAddress address;
    try {
      options = Options.parse(arguments);
      address = InetAddress.getByName(options.host());
    } catch (IllegalArgumentException e) {
      ERR.println("slipstream-console: " + e.getMessage() + " (--help says what is accepted)");
      return 2;
    } catch (UnknownHostException e) {
      ERR.println("slipstream-console: the host of --host is unknown: " + e.getMessage());
      return 2;
    }
    if (options.help()) {
      OUT.println(Options.USAGE);
      return 0;
    }
    return serve(options, address);
  }

  private static int serve(Options options, InetAddress address) {
    RmiSettings.install();
    InstantSource clock = InstantSource.system();
    Targets targets =
        options.targets().isEmpty()
            ? new LocalTargets(Caches.LOOK, clock)
            : new ConfiguredTargets(options.targets(), Caches.LOOK, clock);
    ConsoleServer server;
    try {
      server = ConsoleServer.start(options.host(), address, options.port(), targets, clock);
    } catch (JavalinException e) {
      ERR.println("slipstream-console: cannot listen on " + url(options, options.port()));
      return 1;
    }
    new Monitor(targets).start();
    if (!address.isLoopbackAddress()) {
      ERR.println(
          "slipstream-console: warning: listens beyond loopback, and whoever reaches "
              + url(options, server.port())
              + " can flush and invalidate: there is no login yet");
    }
    OUT.println("console ready on " + url(options, server.port()));
    return -1;
  }

  private static String url(Options options, int port) {
    String host = options.host();
    boolean bareV6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return "http://" + (bareV6 ? "[" + host + "]" : host) + ":" + port;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, UTF_8);
  }
}
