package dev.slipstream.console.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipstream.console.targets.TargetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Ports at which there is no JMX. */
public final class Ports {
  private Ports() {}

  /** A port at which nothing listens. */
  public static TargetAddress gone(String name) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new TargetAddress(name, "127.0.0.1", socket.getLocalPort());
    }
  }

  /** A port that takes connections and says one thing, or nothing at all, for ever. */
  public static final class Answering implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    public Answering(String says) throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> accept(says), "answering-port");
      thread.setDaemon(true);
      thread.start();
    }

    public static Answering nothing() throws IOException {
      return new Answering("");
    }

    private void accept(String says) {
      try {
        while (true) {
          Socket connection = socket.accept();
          accepted.add(connection);
          connection.getOutputStream().write(says.getBytes(US_ASCII));
          if (!says.isEmpty()) {
            connection.close();
          }
        }
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }

    public TargetAddress called(String name) {
      return new TargetAddress(name, "127.0.0.1", socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket connection : accepted) {
        connection.close();
      }
    }
  }
}
