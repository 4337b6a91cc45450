package dev.slipstream.engine.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;

/** Stands between the tier and a server, and holds answers back, swallows them, or drips them. */
final class FaultyProxy implements AutoCloseable {
  private static final String SUBSCRIBE = "\r\nSUBSCRIBE\r\n";

  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile Duration delay = Duration.ZERO;
  private volatile Duration drip = Duration.ZERO;
  private volatile boolean blackHole;
  private volatile boolean deaf;
  private final AtomicInteger lost = new AtomicInteger();

  FaultyProxy(int target) {
    this(target, ServerSocketFactory.getDefault());
  }

  FaultyProxy(int target, ServerSocketFactory listeners) {
    this.target = target;
    try {
      listener = listeners.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread("accept", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Holds each answer back. */
  void delay(Duration next) {
    delay = next;
  }

  /** Lets a byte of an answer through at a time, with a pause after each. */
  void drip(Duration next) {
    drip = next;
  }

  /** Swallows everything; connections are accepted. */
  void blackHole(boolean on) {
    blackHole = on;
  }

  /** Swallows what a subscriber is sent, for as long as it is on. */
  void deaf(boolean on) {
    deaf = on;
  }

  /** Swallows the next piece that each subscriber is sent, until so many are lost. */
  void lose(int pieces) {
    lost.set(pieces);
  }

  private boolean isLost() {
    return deaf || lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  void healthy() {
    deaf = false;
    delay = Duration.ZERO;
    drip = Duration.ZERO;
    blackHole = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      acceptOne();
    }
  }

  private void acceptOne() {
    try {
      Socket client = listener.accept();
      sockets.add(client);
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      AtomicBoolean subscriber = new AtomicBoolean();
      thread("requests", () -> copy(client, server, false, subscriber));
      thread("answers", () -> copy(server, client, true, subscriber));
    } catch (IOException e) {
      return; // closed, or the server is away
    }
  }

  private void copy(Socket from, Socket to, boolean answers, AtomicBoolean subscriber) {
    byte[] buffer = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        pause(answers ? delay : Duration.ZERO);
        if (blackHole || (answers && subscriber.get() && isLost())) {
          continue;
        }
        if (!answers
            && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(SUBSCRIBE)) {
          subscriber.set(true);
        }
        if (!answers || drip.isZero()) {
          out.write(buffer, 0, count);
          continue;
        }
        for (int i = 0; i < count; i++) {
          out.write(buffer, i, 1);
          pause(drip);
        }
      }
    } catch (IOException e) {
      return; // the other side closed
    }
  }

  private static void pause(Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void thread(String name, Runnable task) {
    Thread thread = new Thread(task, "proxy-" + name);
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
