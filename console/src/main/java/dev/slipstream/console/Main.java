package dev.slipstream.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipstream.console.api.ConsoleServer;
import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.targets.Monitor;
import dev.slipstream.console.targets.RmiSettings;
import dev.slipstream.console.targets.Targets;
import io.javalin.util.JavalinException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;

/**
 * The program: serves until the process is told to stop. Exits with 2 if its options or the files
 * they name are not understood, with 1 if it cannot listen.
 */
public final class Main {
  private static final PrintStream OUT = stream(FileDescriptor.out);
  private static final PrintStream ERR = stream(FileDescriptor.err);

  private Main() {}

  /** Starts the console. */
  public static void main(String[] arguments) {
    int status = run(List.of(arguments));
    if (status >= 0) {
      System.exit(status);
    }
  }

  /** The status to exit with; less than 0 if the console now serves. */
  private static int run(List<String> arguments) {
    try {
      if (!arguments.isEmpty() && arguments.get(0).equals("token")) {
        TokenCommand.run(arguments.subList(1, arguments.size())).forEach(OUT::println);
        return 0;
      }
      Options options = Options.parse(arguments.toArray(String[]::new));
      if (options.help()) {
        OUT.println(Options.USAGE);
        return 0;
      }
      return serve(options);
    } catch (IllegalArgumentException e) {
      ERR.println("slipstream-console: " + e.getMessage() + " (--help says what is accepted)");
    } catch (UnknownHostException e) {
      ERR.println("slipstream-console: the host of --host is unknown: " + e.getMessage());
    } catch (IOException e) {
      ERR.println("slipstream-console: " + e.getMessage());
    }
    return 2;
  }

  private static int serve(Options options) throws IOException {
    RmiSettings.install();
    InstantSource clock = InstantSource.system();
    InetAddress address = InetAddress.getByName(options.host());
    Targets targets = TargetSetup.of(options, Caches.LOOK, clock);
    Setup setup = Setup.of(options, address, clock);
    ConsoleServer server;
    try {
      server = ConsoleServer.start(setup.listener(), setup.protection(), targets, clock);
    } catch (JavalinException e) {
      ERR.println("slipstream-console: cannot listen on " + setup.listener().url(options.port()));
      return 1;
    }
    new Monitor(targets).start();
    if (!setup.listener().isLoopback() && setup.listener().tls() == null) {
      ERR.println(
          "slipstream-console: warning: listens beyond loopback without TLS, as it was told;"
              + " tokens can be read on the way unless a proxy ends TLS in front of it");
    }
    OUT.println("console ready on " + setup.listener().url(server.port()));
    if (setup.newToken() != null) {
      OUT.println(
          "token for changes, printed this once and kept in "
              + setup.tokenFile()
              + ": "
              + setup.newToken());
    }
    return -1;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, UTF_8);
  }
}
