package dev.slipstream.console.targets;

/**
 * A DNS name behind whose addresses there are gateways, such as a headless service of Kubernetes.
 *
 * @param prefix what their names begin with; the address follows
 * @param dns the name to resolve
 * @param port port of the RMI registry of each
 * @param access how they let the console in
 */
public record Discovery(String prefix, String dns, int port, JmxAccess access) {

  /** Checks that names of targets can be made of it. */
  public Discovery {
    TargetAddress unused = new TargetAddress(prefix, dns, port);
  }
}
