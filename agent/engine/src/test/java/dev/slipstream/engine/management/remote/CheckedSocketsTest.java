package dev.slipstream.engine.management.remote;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import dev.slipstream.engine.AgentLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedSocketsTest {
  @TempDir private Path folder;

  private final AtomicLong now = new AtomicLong();
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private volatile boolean may = true;
  private ServerSocket server;
  private Thread accepting;
  private Callers callers;

  private void open(Peers ownMachine, SSLContext tls) throws IOException {
    AgentLog log = AgentLog.to(folder.resolve("log"), LogLevel.INFO, InstantSource.system());
    callers = new Callers(ownMachine, log, now::get);
    server = new CheckedSockets(null, peer -> may, tls, callers).createServerSocket(0);
    accepting =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try {
                  accepted.add(server.accept());
                } catch (IOException e) {
                  assertThat(server.isClosed()).isTrue();
                }
              }
            });
    accepting.start();
  }

  @AfterEach
  void close() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
    accepting.join();
  }

  @Test
  void peerThatMayNotConnect_isHungUpOn_andTheNextIsAccepted() throws Exception {
    may = false;
    open(peer -> true, null);
    isHungUpOn(connect());
    may = true;
    connect();
    assertThat(accepted()).isNotNull();
  }

  @Test
  void anotherMachine_has16Connections_andOneMoreWhenOneEnds() throws Exception {
    open(peer -> false, null);
    for (int i = 0; i < 16; i++) {
      connect();
    }
    Socket first = accepted();
    isHungUpOn(connect());
    first.close();
    connect();
    for (int i = 0; i < 16; i++) {
      assertThat(accepted()).isNotNull();
    }
    callers.look();
    assertThat(folder.resolve("log")).content().contains(": 1 more were closed").hasLineCount(1);
  }

  @Test
  void whoSaysNothing_isHungUpOnAfter10Seconds() throws Exception {
    open(peer -> true, null);
    Socket silent = connect();
    assertThat(accepted()).isNotNull();
    Socket heard = connect();
    heard.getOutputStream().write(7);
    Socket other = accepted();
    assertThat(other.getInputStream().read()).isEqualTo(7);

    now.addAndGet(SECONDS.toNanos(10));
    callers.look();
    assertThat(other.isClosed()).isFalse();
    silent.getOutputStream().write(7); // which nobody reads
    now.addAndGet(SECONDS.toNanos(1));
    callers.look();

    isHungUpOn(silent);
    other.getOutputStream().write(8);
    assertThat(heard.getInputStream().read()).isEqualTo(8);
    callers.hangUp();
    isHungUpOn(heard);
  }

  @Test
  void overTls_whoHasNotShakenHands_isHungUpOn() throws Exception {
    open(peer -> true, SSLContext.getDefault());
    Socket client = connect();
    client.getOutputStream().write(22); // the first byte of a handshake
    SSLSocket secured = (SSLSocket) accepted();
    Thread reading =
        new Thread(
            () -> {
              try {
                assertThat(secured.getInputStream().read()).isNotNegative();
              } catch (IOException e) {
                accepted.add(client); // it has ended
              }
            });
    reading.start();

    now.addAndGet(SECONDS.toNanos(11));
    callers.look();

    assertThat(accepted()).isSameAs(client);
    isHungUpOn(client);
    reading.join();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
    socket.setSoTimeout(10_000);
    clients.add(socket);
    return socket;
  }

  private Socket accepted() throws InterruptedException {
    return accepted.poll(10, SECONDS);
  }

  private static void isHungUpOn(Socket socket) {
    int read;
    try {
      read = socket.getInputStream().read();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException e) {
      read = -1; // reset
    }
    assertThat(read).isEqualTo(-1);
  }
}
