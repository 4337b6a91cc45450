package dev.slipstream.console;

import dev.slipstream.console.security.TlsIdentity;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of who is let in.
 *
 * @param tokenFile where the console's own token is; {@code null} for the usual place
 * @param tokensFile hashes of further tokens
 * @param tlsKeyStore PKCS #12 to speak TLS with
 * @param tlsPasswordFile the password of that
 * @param plaintext whether it may listen beyond loopback without TLS
 * @param allowedHosts names that Host may have, besides what it listens on
 * @param auditFile where changes are written down; {@code null} for the usual place
 * @param accessLog where requests are written down; {@code null} for nowhere
 * @param rateLimit requests a second of one address
 */
record SecurityOptions(
    @Nullable Path tokenFile,
    @Nullable Path tokensFile,
    @Nullable Path tlsKeyStore,
    @Nullable Path tlsPasswordFile,
    boolean plaintext,
    List<String> allowedHosts,
    @Nullable Path auditFile,
    @Nullable Path accessLog,
    int rateLimit) {
  static final int USUAL_RATE = 200;

  SecurityOptions {
    allowedHosts = List.copyOf(allowedHosts);
    if ((tlsKeyStore == null) != (tlsPasswordFile == null)) {
      throw new IllegalArgumentException(
          "--tls-keystore and --tls-password-file go together, and one is missing");
    }
  }

  static SecurityOptions usual() {
    return new SecurityOptions(null, null, null, null, false, List.of(), null, null, USUAL_RATE);
  }

  /** What it shows of itself in TLS; {@code null} for plain HTTP. */
  @Nullable TlsIdentity tls() {
    return tlsKeyStore == null || tlsPasswordFile == null
        ? null
        : new TlsIdentity(tlsKeyStore, tlsPasswordFile);
  }
}
