package dev.slipstream.console;

import dev.slipstream.console.api.Listener;
import dev.slipstream.console.api.Protection;
import dev.slipstream.console.audit.AccessLog;
import dev.slipstream.console.audit.AuditLog;
import dev.slipstream.console.security.AllowedHosts;
import dev.slipstream.console.security.Guard;
import dev.slipstream.console.security.KnownToken;
import dev.slipstream.console.security.OwnToken;
import dev.slipstream.console.security.RateLimit;
import dev.slipstream.console.security.Role;
import dev.slipstream.console.security.TlsIdentity;
import dev.slipstream.console.security.TokenStore;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the options come to before the console listens.
 *
 * @param newToken the console's own token, if it was made just now
 * @param tokenFile where that is; {@code null} if it has none
 */
record Setup(
    Listener listener, Protection protection, @Nullable String newToken, @Nullable Path tokenFile) {
  private static final Logger LOG = LoggerFactory.getLogger(Setup.class);
  private static final String TOKEN_FILE = "console-token";
  private static final String AUDIT_FILE = "console-audit.jsonl";

  /**
   * Reads and makes the files.
   *
   * @throws IllegalArgumentException if the options do not go together
   * @throws IOException if a file cannot be used; the message says what to do
   */
  static Setup of(Options options, InetAddress address, InstantSource clock) throws IOException {
    SecurityOptions security = options.security();
    TlsIdentity tls = security.tls();
    Listener listener = new Listener(options.host(), address, options.port(), tls);
    if (!listener.isLoopback() && tls == null && !security.plaintext()) {
      throw new IllegalArgumentException(
          "beyond loopback TLS is needed: --tls-keystore and --tls-password-file,"
              + " or --insecure-plaintext where a proxy ends it");
    }
    if (tls != null) {
      tls.check();
    }
    Path tokenFile = tokenFile(security);
    OwnToken own = tokenFile == null ? null : OwnToken.in(tokenFile);
    List<KnownToken> known =
        own == null ? List.of() : List.of(KnownToken.of(OwnToken.NAME, Role.OPERATOR, own.token()));
    Guard guard =
        new Guard(
            AllowedHosts.listeningOn(options.host(), address, security.allowedHosts()),
            listener.isLoopback(),
            new RateLimit(security.rateLimit()),
            new TokenStore(known, security.tokensFile(), System::nanoTime),
            System::nanoTime);
    Path accessLog = security.accessLog();
    Protection protection =
        new Protection(
            guard,
            audit(security, tokenFile, clock),
            accessLog == null ? null : AccessLog.in(accessLog));
    return new Setup(
        listener, protection, own != null && own.made() ? own.token() : null, tokenFile);
  }

  /** Its own token is there unless others are and nothing asks for it. */
  private static @Nullable Path tokenFile(SecurityOptions security) throws IOException {
    if (security.tokenFile() != null) {
      return security.tokenFile();
    }
    return security.tokensFile() == null ? stateFolder().resolve(TOKEN_FILE) : null;
  }

  private static AuditLog audit(
      SecurityOptions security, @Nullable Path tokenFile, InstantSource clock) throws IOException {
    Path file = security.auditFile();
    if (file != null) {
      return AuditLog.in(file, clock);
    }
    Path beside = tokenFile == null ? security.tokensFile() : tokenFile;
    Path folder = beside == null ? null : beside.toAbsolutePath().getParent();
    if (folder != null && Files.isWritable(folder)) {
      return AuditLog.in(folder.resolve(AUDIT_FILE), clock);
    }
    LOG.warn("changes are written down in memory alone: name a file with --audit-file");
    return AuditLog.inMemory(clock);
  }

  private static Path stateFolder() throws IOException {
    String home = System.getProperty("user.home", "?");
    if (home.isBlank() || home.equals("?")) {
      throw new IOException("this user has no home folder: name a file with --token-file");
    }
    return Path.of(home, ".slipstream");
  }

  @Override
  public String toString() {
    return "Setup[" + listener + "]";
  }
}
