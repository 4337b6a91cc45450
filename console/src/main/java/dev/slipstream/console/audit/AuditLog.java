package dev.slipstream.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change that was asked for, as lines of JSON in a file, and the last 1,000 in memory.
 *
 * <p>A line is ASCII, whatever a caller sends: it can neither forge another nor colour a terminal.
 * Of refusals ten a minute are written and 200 kept, so that who may do nothing cannot push out
 * what others did; how many more there were is in the next one's details. Where the file cannot be
 * written the change is made all the same, and the log says so. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST_REMEMBERED = 1_000;
  private static final int MOST_REFUSALS_REMEMBERED = 200;
  private static final int REFUSALS_A_MINUTE = 10;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long LARGEST_FILE = 10_000_000;
  private static final int FILES_KEPT = 9;
  private static final int BYTES_READ_BACK = 4_000_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final @Nullable RotatingFile file;
  private final InstantSource clock;
  private final Deque<AuditEntry> entries = new ArrayDeque<>();
  private Instant minuteBegan;
  private int refusalsOfMinute;
  private long refusalsLeftOut;

  private AuditLog(@Nullable RotatingFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.minuteBegan = clock.instant();
  }

  /** One that is kept in memory alone. */
  public static AuditLog inMemory(InstantSource clock) {
    return new AuditLog(null, clock);
  }

  /**
   * One in a file, with what that has already.
   *
   * @throws IOException if it can be neither read nor written
   */
  public static AuditLog in(Path path, InstantSource clock) throws IOException {
    RotatingFile file = RotatingFile.open(path, LARGEST_FILE, FILES_KEPT);
    AuditLog log = new AuditLog(file, clock);
    for (String line : file.tail(MOST_REMEMBERED, BYTES_READ_BACK)) {
      AuditEntry entry = parsed(line);
      if (entry != null) {
        log.remember(entry);
      }
    }
    return log;
  }

  /** Writes an entry down. */
  public synchronized void add(AuditEntry entry) {
    if (!entry.refused()) {
      write(entry);
      return;
    }
    Instant now = clock.instant();
    if (now.isAfter(minuteBegan.plus(MINUTE))) {
      minuteBegan = now;
      refusalsOfMinute = 0;
    }
    if (++refusalsOfMinute > REFUSALS_A_MINUTE) {
      refusalsLeftOut++;
      return;
    }
    write(refusalsLeftOut == 0 ? entry : afterOthers(entry));
  }

  private AuditEntry afterOthers(AuditEntry entry) {
    String details = refusalsLeftOut + " refusals before it were left out; " + entry.details();
    refusalsLeftOut = 0;
    return new AuditEntry(
        entry.at(),
        entry.who(),
        entry.role(),
        entry.from(),
        entry.action(),
        entry.target(),
        details,
        entry.reason(),
        entry.result(),
        entry.status(),
        entry.correlationId());
  }

  /** The last entries, the newest first. */
  public synchronized List<AuditEntry> latest(int most) {
    List<AuditEntry> latest = new ArrayList<>();
    Iterator<AuditEntry> newestFirst = entries.descendingIterator();
    while (newestFirst.hasNext() && latest.size() < most) {
      latest.add(newestFirst.next());
    }
    return latest;
  }

  private void write(AuditEntry entry) {
    remember(entry);
    if (file == null) {
      return;
    }
    try {
      file.append(line(entry));
    } catch (IOException e) {
      LOG.error("the audit log cannot be written: {}: {}", e, line(entry));
    }
  }

  private void remember(AuditEntry entry) {
    entries.addLast(entry);
    if (entry.refused() && refusalsRemembered() > MOST_REFUSALS_REMEMBERED) {
      removeOldestRefusal();
    }
    if (entries.size() > MOST_REMEMBERED) {
      entries.removeFirst();
    }
  }

  private long refusalsRemembered() {
    return entries.stream().filter(AuditEntry::refused).count();
  }

  private void removeOldestRefusal() {
    Iterator<AuditEntry> oldestFirst = entries.iterator();
    while (oldestFirst.hasNext()) {
      if (oldestFirst.next().refused()) {
        oldestFirst.remove();
        return;
      }
    }
  }

  static String line(AuditEntry entry) {
    try {
      return MAPPER.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable AuditEntry parsed(String line) {
    try {
      return line.isBlank() ? null : MAPPER.readValue(line, AuditEntry.class);
    } catch (JsonProcessingException | RuntimeException e) {
      return null; // Cut off when the process ended.
    }
  }

  @Override
  public synchronized void close() {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("the audit log cannot be closed: {}", e.toString());
    }
  }
}
