package dev.slipstream.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Stands in front of a server on loopback and holds its answers back. */
final class SlowProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Duration delay = Duration.ZERO;

  SlowProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    startThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Holds each answer back for so long from now on. */
  void delay(Duration next) {
    delay = next;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        startThread(() -> copy(client, server, false));
        startThread(() -> copy(server, client, true));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void copy(Socket from, Socket to, boolean isAnswers) {
    byte[] buffer = new byte[8_192];
    try (from;
        to) {
      for (int count = read(from, buffer); count >= 0; count = read(from, buffer)) {
        if (isAnswers) {
          pause(delay);
        }
        to.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException e) {
      return; // one of the two closed
    }
  }

  private static int read(Socket from, byte[] buffer) throws IOException {
    return from.getInputStream().read(buffer);
  }

  private static void pause(Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
