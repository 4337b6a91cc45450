package dev.slipstream.it.shared;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands in front of a Redis on loopback: holds its answers back, loses connections without a word
 * to either end, and loses published messages.
 */
final class RedisProxy implements AutoCloseable {
  private static final int BUFFER = 8_192;

  private final ServerSocket listener;
  private final int target;
  private final List<Link> links = new CopyOnWriteArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();
  private final SplittableRandom random = new SplittableRandom(1);
  private volatile Duration delay = Duration.ZERO;
  private volatile double lossRate;
  private volatile boolean cut;

  RedisProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
    startThread(this::accept);
  }

  /** A socket that listens on a free port, for a proxy whose server has to know it first. */
  static ServerSocket listen() {
    try {
      return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Holds each answer back for so long from now on. */
  void delay(Duration next) {
    delay = next;
  }

  /** Loses this share of the messages that subscribers are sent from now on, 0 to 1. */
  void loseMessages(double share) {
    lossRate = share;
  }

  /** How many messages were lost. */
  int lostMessages() {
    return lost.get();
  }

  /**
   * Leaves the connections there are half-open: the server sees them end, and the client's end
   * stays open, takes what is sent to it and gets no answer. New ones work.
   */
  void abandonConnections() {
    links.forEach(Link::abandon);
  }

  /** Leaves the connections half-open, and refuses new ones, until told otherwise. */
  void cut(boolean next) {
    cut = next;
    if (next) {
      abandonConnections();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        startThread(() -> connect(client));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void connect(Socket client) {
    if (cut) {
      closeQuietly(client);
      return;
    }
    try {
      Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
      links.add(link);
      startThread(link::copyRequests);
      link.copyAnswers();
    } catch (IOException refused) {
      closeQuietly(client);
    }
  }

  private synchronized boolean isLost() {
    boolean isLost = random.nextDouble() < lossRate;
    if (isLost) {
      lost.incrementAndGet();
    }
    return isLost;
  }

  /** A client's connection and the one to the server for it. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean subscribes;
    private volatile boolean abandoned;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void abandon() {
      abandoned = true;
      closeQuietly(server);
    }

    void copyRequests() {
      byte[] buffer = new byte[BUFFER];
      try (client) {
        InputStream in = client.getInputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
          subscribes |= text.toUpperCase(Locale.ROOT).contains("SUBSCRIBE");
          if (!abandoned) {
            server.getOutputStream().write(buffer, 0, count);
          }
        }
      } catch (IOException e) {
        return; // one of the two closed
      } finally {
        end();
      }
    }

    void copyAnswers() {
      try {
        PushbackInputStream in =
            new PushbackInputStream(new BufferedInputStream(server.getInputStream()));
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int first = in.read(); first >= 0; first = in.read()) {
          in.unread(first);
          pause(delay);
          if (subscribes) {
            byte[] reply = RedisReplies.next(in);
            if (!RedisReplies.isMessage(reply) || !isLost()) {
              out.write(reply);
            }
          } else {
            out.write(buffer, 0, in.read(buffer));
          }
        }
      } catch (IOException e) {
        return; // one of the two closed
      } finally {
        end();
      }
    }

    private void end() {
      closeQuietly(server);
      if (!abandoned) {
        closeQuietly(client);
        links.remove(this);
      }
    }
  }

  private static void pause(Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is gone
    }
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "redis-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Link link : links) {
      closeQuietly(link.server);
      closeQuietly(link.client);
    }
  }
}
