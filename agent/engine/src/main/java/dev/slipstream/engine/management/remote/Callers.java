package dev.slipstream.engine.management.remote;

import dev.slipstream.engine.AgentLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The open connections of the port. RMI has a thread for each, in the gateway, before anybody has
 * shown a password; so they are bounded, and who says nothing does not keep one.
 */
final class Callers {
  /** Connections in all. */
  static final int MOST = 64;

  /** Connections of one address of another machine. */
  static final int MOST_OF_AN_ADDRESS = 16;

  private static final long LONGEST_SILENCE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long SAID_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Peers ownMachine;
  private final AgentLog log;
  private final LongSupplier nanoTime;
  private final List<Caller> open = new ArrayList<>();
  private long closedAtOnce;
  private long saidAt;

  private static final class Caller {
    private final Socket socket;
    private final long since;
    private boolean heard;

    Caller(Socket socket, long since) {
      this.socket = socket;
      this.since = since;
    }
  }

  /**
   * Makes it.
   *
   * @param ownMachine who is bound by {@link #MOST} alone
   */
  Callers(Peers ownMachine, AgentLog log, LongSupplier nanoTime) {
    this.ownMachine = ownMachine;
    this.log = log;
    this.nanoTime = nanoTime;
    this.saidAt = nanoTime.getAsLong() - SAID_EVERY_NANOS;
  }

  /** Takes a connection, unless there are too many. */
  synchronized boolean take(Socket socket) {
    open.removeIf(caller -> caller.socket.isClosed());
    InetAddress address = socket.getInetAddress();
    long same =
        open.stream().filter(caller -> address.equals(caller.socket.getInetAddress())).count();
    if (open.size() >= MOST || (same >= MOST_OF_AN_ADDRESS && !ownMachine.mayConnect(address))) {
      closedAtOnce++;
      return false;
    }
    open.add(new Caller(socket, nanoTime.getAsLong()));
    return true;
  }

  /** Its peer has said something, or over TLS has shown that it can. */
  synchronized void heard(Socket socket) {
    open.stream().filter(caller -> caller.socket == socket).forEach(caller -> caller.heard = true);
  }

  /** To be called about once a second: closes what was silent for too long. */
  synchronized void look() throws IOException {
    long now = nanoTime.getAsLong();
    for (Caller caller : open) {
      if (!caller.heard && now - caller.since > LONGEST_SILENCE_NANOS) {
        caller.socket.close();
      }
    }
    if (closedAtOnce > 0 && now - saidAt >= SAID_EVERY_NANOS) {
      log.warn(
          "the JMX port takes "
              + MOST
              + " connections, "
              + MOST_OF_AN_ADDRESS
              + " of one other address: "
              + closedAtOnce
              + " more were closed");
      saidAt = now;
      closedAtOnce = 0;
    }
  }

  /** Closes all. */
  synchronized void hangUp() throws IOException {
    for (Caller caller : open) {
      caller.socket.close();
    }
    open.clear();
  }
}
