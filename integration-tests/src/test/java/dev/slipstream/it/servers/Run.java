package dev.slipstream.it.servers;

import dev.slipstream.it.AgentJar;
import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * What a server said while it was up once.
 *
 * @param first the answers to its probes, in their order
 * @param second the answers to the same, once more
 * @param parallel the answers to many who ask for the same at once
 * @param log all that it wrote to its outputs
 * @param end how long it took to end; empty where it had to be killed
 */
record Run(
    List<Answer> first,
    List<Answer> second,
    List<Answer> parallel,
    List<String> log,
    Optional<Duration> end) {
  private static final int CLIENTS = 8;
  private static final int REQUESTS = 24;

  /** Starts it, asks it and ends it. */
  static Run of(Server server, Jdk jdk, boolean agent) {
    try (Origin origin = new Origin();
        Running running = start(server, jdk, agent, origin)) {
      server.ready().forEach(running::awaitReady);
      if (agent) {
        running.awaitAgent(server.ready().get(0));
      }
      List<Answer> first = ask(running, server.probes());
      List<Answer> second = ask(running, server.probes());
      List<Answer> parallel = askAtOnce(running, server.steady());
      Optional<Duration> end = running.end();
      return new Run(first, second, parallel, running.log(), end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Running start(Server server, Jdk jdk, boolean agent, Origin origin) throws IOException {
    String name = server.name() + "-" + jdk.feature() + (agent ? "-agent" : "-alone");
    Path folder = Path.of("target", "servers", "runs", name).toAbsolutePath();
    empty(folder);
    List<String> options = agent ? List.of("-javaagent:" + AgentJar.path()) : List.of();
    Place place = new Place(folder, freePort(), origin.port(), jdk, options);
    return Running.start(server.layout().lay(place), place);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  static List<Answer> ask(Running running, List<Probe> probes) {
    List<Answer> answers = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(running.port())) {
      for (Probe probe : probes) {
        answers.add(ask(connection, probe));
      }
    }
    return answers;
  }

  private static Answer ask(HttpConnection connection, Probe probe) {
    try {
      return connection.exchange(
          probe.method(),
          probe.target(),
          probe.fields(),
          probe.content().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      connection.close();
      return new Answer(probe.toString(), "none 0 " + e, List.of(), "", false);
    }
  }

  private static List<Answer> askAtOnce(Running running, String target) {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      Callable<List<Answer>> client = () -> ask(running, List.of(Probe.either(target)));
      List<Answer> answers = new ArrayList<>();
      for (Future<List<Answer>> asked :
          clients.invokeAll(Stream.generate(() -> client).limit(REQUESTS).toList())) {
        answers.addAll(asked.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      clients.shutdown();
    }
  }
}
