package dev.slipstream.console.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/**
 * What the console shows of itself in TLS.
 *
 * @param keyStore PKCS #12 with its key and certificates
 * @param passwordFile the password of that, and of the key
 */
public record TlsIdentity(Path keyStore, Path passwordFile) {

  /**
   * Opens the key store once, so that what is wrong with it is said at the start.
   *
   * @throws IOException if it cannot be read or has no key; the message says what to do
   */
  public void check() throws IOException {
    SecretFile.check(keyStore);
    char[] password = password().toCharArray();
    try (InputStream stream = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(stream, password);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && store.getKey(alias, password) != null) {
          return;
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          keyStore + " is no PKCS #12 that the password opens: " + e.getMessage(), e);
    }
    throw new IOException(keyStore + " has no private key");
  }

  /** The password. */
  public String password() throws IOException {
    return SecretFile.firstLine(passwordFile);
  }
}
