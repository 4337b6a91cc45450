package dev.slipstream.console.targets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.rmi.Remote;
import java.rmi.server.RMIClientSocketFactory;
import javax.management.remote.rmi.RMIConnection;
import javax.management.remote.rmi.RMIServer;
import javax.net.ssl.SSLException;

/**
 * A gateway's connector that is spoken to through sockets of ours.
 *
 * <p>A stub of RMI brings the socket factory that the server chose, which knows no trust but that
 * of the whole JVM. So each stub is written and read again, and the factory in it exchanged on the
 * way. One that has none would speak plain text, and is refused.
 */
final class PinnedServer implements RMIServer {
  private final RMIServer stub;
  private final RMIClientSocketFactory sockets;

  private PinnedServer(RMIServer stub, RMIClientSocketFactory sockets) {
    this.stub = stub;
    this.sockets = sockets;
  }

  static RMIServer of(RMIServer stub, RMIClientSocketFactory sockets) throws IOException {
    return new PinnedServer(pinned(stub, RMIServer.class, sockets), sockets);
  }

  @Override
  public String getVersion() throws java.rmi.RemoteException {
    return stub.getVersion();
  }

  @Override
  public RMIConnection newClient(Object credentials) throws IOException {
    return pinned(stub.newClient(credentials), RMIConnection.class, sockets);
  }

  private static <T extends Remote> T pinned(T stub, Class<T> type, RMIClientSocketFactory sockets)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writing out = new Writing(bytes)) {
      out.writeObject(stub);
      if (!out.replaced) {
        throw new SSLException("does not speak TLS, which it is configured to");
      }
    }
    try (Reading in = new Reading(bytes.toByteArray(), sockets)) {
      return type.cast(in.readObject());
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  /** Stands for the sockets while a stub is only bytes. */
  private enum Place implements Serializable {
    OF_THE_SOCKETS
  }

  private static final class Writing extends ObjectOutputStream {
    private boolean replaced;

    Writing(OutputStream bytes) throws IOException {
      super(bytes);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      if (object instanceof RMIClientSocketFactory) {
        replaced = true;
        return Place.OF_THE_SOCKETS;
      }
      return object;
    }
  }

  private static final class Reading extends ObjectInputStream {
    private final RMIClientSocketFactory sockets;

    /** The bytes are ours: what came from the gateway has passed the JVM's filter before. */
    Reading(byte[] bytes, RMIClientSocketFactory sockets) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.sockets = sockets;
      setObjectInputFilter(any -> ObjectInputFilter.Status.ALLOWED);
      enableResolveObject(true);
    }

    @Override
    protected Object resolveObject(Object object) {
      return object == Place.OF_THE_SOCKETS ? sockets : object;
    }
  }
}
