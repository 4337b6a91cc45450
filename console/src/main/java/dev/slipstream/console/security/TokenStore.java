package dev.slipstream.console.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens in force: the console's own and those of the tokens file, which is read again when it
 * has changed, so that a token that is taken out is refused within a second or two. A file that
 * cannot be read then changes nothing but the log. Thread-safe.
 */
public final class TokenStore {
  private static final Logger LOG = LoggerFactory.getLogger(TokenStore.class);
  private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(1).toNanos();

  private final List<KnownToken> own;
  private final @Nullable Path file;
  private final LongSupplier nanoTime;
  private volatile Tokens tokens;
  private Stamp stamp;
  private long lookedAt;

  /**
   * Reads the file for the first time.
   *
   * @param own tokens that are in no file of hashes
   * @param nanoTime a clock for durations
   * @throws IOException if the file cannot be read or understood
   */
  public TokenStore(List<KnownToken> own, @Nullable Path file, LongSupplier nanoTime)
      throws IOException {
    this.own = List.copyOf(own);
    this.file = file;
    this.nanoTime = nanoTime;
    this.stamp = Stamp.of(file);
    this.tokens = load();
    this.lookedAt = nanoTime.getAsLong();
  }

  /** Whose token it is. */
  Optional<Caller> find(String token) {
    refresh();
    return tokens.find(token);
  }

  private synchronized void refresh() {
    long now = nanoTime.getAsLong();
    if (file == null || now - lookedAt < BETWEEN_LOOKS_NANOS) {
      return;
    }
    lookedAt = now;
    Stamp seen = Stamp.of(file);
    if (seen.equals(stamp)) {
      return;
    }
    stamp = seen;
    try {
      tokens = load();
      LOG.info("the tokens of {} are in force", file);
    } catch (IOException e) {
      LOG.error("the tokens stay as they were: {}", e.getMessage());
    }
  }

  private Tokens load() throws IOException {
    List<KnownToken> all = new ArrayList<>(own);
    if (file != null) {
      all.addAll(TokensFile.read(file));
    }
    try {
      return Tokens.of(all);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage());
    }
  }

  /** What tells that a file has changed. */
  private record Stamp(@Nullable FileTime modified, long bytes, @Nullable Object key) {
    private static final Stamp NONE = new Stamp(null, 0, null);

    static Stamp of(@Nullable Path file) {
      if (file == null) {
        return NONE;
      }
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        return NONE;
      }
    }
  }
}
