package dev.slipstream.engine.management.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMIServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes the one server socket that the registry and the connector share. Whoever may not connect,
 * or has too many connections, is hung up on before a byte of theirs is read. RMI takes two
 * factories for the same if they are equal, so it has to be one object for both.
 */
final class CheckedSockets implements RMIServerSocketFactory {
  private static final int BACKLOG = 50;

  private final @Nullable InetAddress address;
  private final Peers peers;
  private final @Nullable SSLContext tls;
  private final Callers callers;

  /**
   * Makes a factory.
   *
   * @param address what to bind to; {@code null} for all of the machine's
   * @param tls {@code null} for plain text
   */
  CheckedSockets(
      @Nullable InetAddress address, Peers peers, @Nullable SSLContext tls, Callers callers) {
    this.address = address;
    this.peers = peers;
    this.tls = tls;
    this.callers = callers;
  }

  @Override
  public ServerSocket createServerSocket(int port) throws IOException {
    return new ServerSocket(port, BACKLOG, address) {
      @Override
      public Socket accept() throws IOException {
        while (true) {
          Accepted socket = new Accepted(callers, tls == null);
          implAccept(socket);
          if (peers.mayConnect(socket.getInetAddress()) && callers.take(socket)) {
            return tls == null ? socket : secured(socket, tls);
          }
          socket.close();
        }
      }
    };
  }

  private Socket secured(Socket socket, SSLContext tls) throws IOException {
    try {
      SSLSocket secured =
          (SSLSocket)
              tls.getSocketFactory()
                  .createSocket(
                      socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
      secured.setUseClientMode(false);
      secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      secured.addHandshakeCompletedListener(done -> callers.heard(socket));
      return secured;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** A connection, which in plain text is heard once a byte of it is read. */
  private static final class Accepted extends Socket {
    private final Callers callers;
    private final boolean plain;

    Accepted(Callers callers, boolean plain) {
      this.callers = callers;
      this.plain = plain;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream stream = super.getInputStream();
      return plain ? new Heard(stream) : stream;
    }

    private final class Heard extends FilterInputStream {
      private boolean heard;

      Heard(InputStream stream) {
        super(stream);
      }

      @Override
      public int read() throws IOException {
        int read = super.read();
        note();
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        note();
        return read;
      }

      private void note() {
        if (!heard) {
          heard = true;
          callers.heard(Accepted.this);
        }
      }
    }
  }
}
