package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate made for a test, signed by itself. */
public final class TestCertificate {
  private static final char[] PASSWORD = "test-password".toCharArray();
  private static final String ALIAS = "redis";

  private final KeyStore store;
  private final Path directory;

  private TestCertificate(KeyStore store, Path directory) {
    this.store = store;
    this.directory = directory;
  }

  /** Makes one, for whom the alternative name says: {@code ip:127.0.0.1}. */
  public static TestCertificate of(String alternativeName, Path directory) throws Exception {
    Path file = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=redis",
                "-ext",
                "san=" + alternativeName,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new TestCertificate(store, directory);
  }

  /** A context that has it, and trusts it alone. */
  public SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** The certificate in a file that servers read. */
  Path certificate() throws GeneralSecurityException, IOException {
    return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
  }

  /** Its key in a file that servers read. */
  Path key() throws GeneralSecurityException, IOException {
    return pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
  }

  private Path pem(String kind, byte[] bytes) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String text = "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    return Files.writeString(directory.resolve(kind.replace(' ', '-') + ".pem"), text);
  }
}
