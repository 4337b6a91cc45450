package dev.slipstream.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void entries_areReadBack_theNewestFirst_andACutLineIsLeftOut() throws IOException {
    Path file = folder.resolve("audit.jsonl");
    try (AuditLog log = AuditLog.in(file, now::get)) {
      log.add(entry("one", 200));
      log.add(entry("two", 500));
    }
    Files.writeString(file, Files.readString(file) + "{\"at\":\"cut");
    try (AuditLog log = AuditLog.in(file, now::get)) {
      log.add(entry("three", 200));
      assertThat(log.latest(2)).extracting(AuditEntry::reason).containsExactly("three", "two");
    }
    try (AuditLog log = AuditLog.in(file, now::get)) {
      assertThat(log.latest(9))
          .extracting(AuditEntry::reason)
          .containsExactly("three", "two", "one");
      assertThat(log.latest(1)).containsExactly(entry("three", 200));
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void line_isOneLineOfAscii_whateverACallerSends() throws IOException {
    String evil = "a\n{\"who\":\"root\"}\r\u2028\u0085\u001b[31m\"\\\u202e\0";
    String line = AuditLog.line(entry(evil, 200));
    assertThat(line).hasLineCount(1).matches("[ -~]*");
    assertThat(new ObjectMapper().readTree(line).path("reason").textValue()).isEqualTo(evil);
  }

  @Test
  void refusals_areBounded_andPushNobodyOut() {
    AuditLog log = AuditLog.inMemory(now::get);
    log.add(entry("a change", 200));
    for (int i = 0; i < 5_000; i++) {
      log.add(entry("refused", 401));
    }
    assertThat(log.latest(1_000)).hasSize(11);
    now.updateAndGet(before -> before.plus(Duration.ofSeconds(61)));
    log.add(entry("refused", 403));
    assertThat(log.latest(1).get(0).details())
        .startsWith("4990 refusals before it were left out; ");
    for (int minute = 0; minute < 300; minute++) {
      now.updateAndGet(before -> before.plus(Duration.ofSeconds(61)));
      log.add(entry("refused", 401));
    }
    assertThat(log.latest(1_000))
        .hasSize(201)
        .last()
        .extracting(AuditEntry::reason)
        .isEqualTo("a change");
  }

  @Test
  void memory_isBounded_andLongTextsAreCut() {
    AuditLog log = AuditLog.inMemory(now::get);
    for (int i = 0; i < 1_500; i++) {
      log.add(entry("x".repeat(5_000), 200));
    }
    assertThat(log.latest(9_999)).hasSize(1_000);
    assertThat(log.latest(1).get(0).reason()).hasSize(2_000);
  }

  @Test
  void file_thatIsFull_isPutAside_andTheOldestGoes() throws IOException {
    Path path = folder.resolve("lines");
    try (RotatingFile file = RotatingFile.open(path, 10, 2)) {
      for (String line : new String[] {"one", "two", "three", "four", "five", "six", "seven"}) {
        file.append(line);
      }
      assertThat(path).content().isEqualTo("six\nseven\n");
      assertThat(folder.resolve("lines.1")).content().isEqualTo("four\nfive\n");
      assertThat(folder.resolve("lines.2")).content().isEqualTo("three\n");
      assertThat(folder.resolve("lines.3")).doesNotExist();
      assertThat(file.tail(2, 100)).containsExactly("six", "seven");
      assertThat(file.tail(9, 7)).as("whole lines alone").containsExactly("five", "seven");
    }
  }

  @Test
  void accessLine_isOneLine_withoutQueriesAndWithoutRoomForForgery() {
    AccessLine line =
        new AccessLine(
            "192.0.2.1",
            "o l",
            Instant.parse("2026-01-02T03:04:05Z"),
            "GET",
            "/a\"b\nc",
            "HTTP/1.1",
            200,
            17,
            "http://h/p?token=secret",
            "curl\" \"x\u2028",
            null,
            Duration.ofMillis(3));
    assertThat(line.text())
        .isEqualTo(
            "192.0.2.1 - o_l [02/Jan/2026:03:04:05 +0000] \"GET /a\\u0022b\\u000ac HTTP/1.1\""
                + " 200 17 \"http://h/p\" \"curl\\u0022 \\u0022x\\u2028\" \"-\" 3");
  }

  private static AuditEntry entry(String reason, int status) {
    return new AuditEntry(
        "2026-01-01T00:00:00.000Z",
        "olga",
        "operator",
        "127.0.0.1",
        "DELETE /api/v1/cache/flush",
        "all",
        "level=all",
        reason,
        AuditEntry.resultOf(status),
        status,
        "id");
  }
}
