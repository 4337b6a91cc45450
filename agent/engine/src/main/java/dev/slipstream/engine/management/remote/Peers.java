package dev.slipstream.engine.management.remote;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Which peers may connect. */
@FunctionalInterface
interface Peers {
  /** All of them. */
  Peers ALL = peer -> true;

  /**
   * Those of this machine: from loopback, or from an address that one of its interfaces has. A stub
   * names the machine's address, so that even its own clients come from there.
   */
  Peers OF_THIS_MACHINE = Peers::isOfThisMachine;

  boolean mayConnect(InetAddress peer);

  private static boolean isOfThisMachine(InetAddress peer) {
    try {
      return peer.isLoopbackAddress() || NetworkInterface.getByInetAddress(peer) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
