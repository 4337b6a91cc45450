package dev.slipstream.it.attack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Key stores for a server and two clients that trust each other, made for one run. */
record Keys(Path folder) {
  private static final String PASSWORD = "changeit";

  /** Makes the keys, in a folder of their own. */
  static Keys make() throws IOException {
    Keys keys = new Keys(Files.createTempDirectory("keys"));
    keys.make("server");
    keys.make("alice");
    keys.make("mallory");
    keys.trust("server", "servers");
    keys.trust("alice", "clients");
    keys.trust("mallory", "clients");
    return keys;
  }

  private void make(String name) throws IOException {
    keytool(
        name,
        "-genkeypair",
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-keyalg",
        "RSA",
        "-validity",
        "2");
  }

  private void trust(String name, String by) throws IOException {
    String file = folder.resolve(name + ".cer").toString();
    keytool(name, "-exportcert", "-alias", name, "-file", file);
    keytool(by, "-importcert", "-noprompt", "-alias", name, "-file", file);
  }

  private void keytool(String store, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", folder.resolve(store + ".p12").toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool failed: " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Sockets of a client with a certificate, or without one. */
  SSLSocketFactory sockets(@Nullable String client) throws IOException, GeneralSecurityException {
    KeyManager[] own = null;
    if (client != null) {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(client), PASSWORD.toCharArray());
      own = keys.getKeyManagers();
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load("servers"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private KeyStore load(String store) throws IOException, GeneralSecurityException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(folder.resolve(store + ".p12"))) {
      loaded.load(file, PASSWORD.toCharArray());
    }
    return loaded;
  }
}
