package dev.slipstream.console.targets;

import dev.slipstream.console.security.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway's remote connector lets the console in. The files are read anew for each
 * connection, so that a secret may be replaced while the console runs.
 *
 * @param user name to log in with; {@code null} to log in as nobody
 * @param passwordFile the password of that user
 * @param tls whether only TLS is spoken
 * @param registryTls whether the registry speaks it, too
 * @param trustStore PKCS #12 or JKS with the certificates to trust; {@code null} for those of the
 *     JDK
 * @param trustStorePasswordFile its password; {@code null} if it has none
 */
public record JmxAccess(
    @Nullable String user,
    @Nullable Path passwordFile,
    boolean tls,
    boolean registryTls,
    @Nullable Path trustStore,
    @Nullable Path trustStorePasswordFile) {
  /** No user and no TLS. */
  public static final JmxAccess OPEN = new JmxAccess(null, null, false, false, null, null);

  /** Checks what goes together. */
  public JmxAccess {
    if ((user == null) != (passwordFile == null)) {
      throw new IllegalArgumentException("user and password_file go together");
    }
    if (!tls && (registryTls || trustStore != null)) {
      throw new IllegalArgumentException("registry_tls and trust_store need tls: true");
    }
    if (trustStore == null && trustStorePasswordFile != null) {
      throw new IllegalArgumentException("trust_store_password_file needs trust_store");
    }
  }

  /**
   * Looks at the files, so that what is wrong with them is said at the start.
   *
   * @throws IOException if one cannot be used; the message says what to do
   */
  void check() throws IOException {
    String @Nullable [] unused = credentials();
    if (tls) {
      TlsSockets ignored = TlsSockets.of(this);
    }
  }

  /** User and password as JMX wants them; {@code null} if it logs in as nobody. */
  String @Nullable [] credentials() throws IOException {
    return user == null || passwordFile == null
        ? null
        : new String[] {user, SecretFile.firstLine(passwordFile)};
  }
}
