package dev.slipstream.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS) // has no such modes
class TokenFilesTest {
  @TempDir Path folder;

  @Test
  void ownToken_isMadeOnce_inAFileAndAFolderOfItsOwnersAlone() throws IOException {
    Path file = folder.resolve("a").resolve("state").resolve("token");
    OwnToken made = OwnToken.in(file);
    assertThat(made.made()).isTrue();
    assertThat(made.token()).hasSize(43);
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
    assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).as("nothing is left over").hasSize(1);
    }
    OwnToken again = OwnToken.in(file);
    assertThat(again.made()).isFalse();
    assertThat(again.token()).isEqualTo(made.token());
    assertThat(again).asString().doesNotContain(made.token());
  }

  @Test
  void ownToken_ofManyConsolesAtOnce_isOne() {
    Path file = folder.resolve("token");
    Set<String> tokens = ConcurrentHashMap.newKeySet();
    long made =
        IntStream.range(0, 32)
            .parallel()
            .filter(
                i -> {
                  try {
                    OwnToken own = OwnToken.in(file);
                    tokens.add(own.token());
                    return own.made();
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                })
            .count();
    assertThat(tokens).hasSize(1);
    assertThat(made).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "rw-r--r--, true",
    "rw----r--, true",
    "rw-----w-, true",
    "rw--w----, true",
    "rw-------, false",
    "r--------, false",
    "rw-r-----, false",
  })
  void fileThatOthersCanRead_isRefused_andSaysWhatToDo(String mode, boolean refused)
      throws IOException {
    Path file = secret("secret", Token.make(), mode);
    if (refused) {
      assertThatThrownBy(() -> OwnToken.in(file))
          .hasMessage(file + " can be read or changed by others: chmod 600 " + file);
    } else {
      assertThat(OwnToken.in(file).made()).isFalse();
    }
  }

  @Test
  void tokenThatIsTooShort_isRefused() throws IOException {
    Path file = secret("secret", "password", "rw-------");
    assertThatThrownBy(() -> OwnToken.in(file)).hasMessageContaining("at least 32 characters");
  }

  @Test
  void tokensFile_isAddedTo_andHoldsNoToken() throws IOException {
    Path file = folder.resolve("tokens");
    String viewer = Token.make();
    String operator = Token.make();
    TokensFile.add(file, KnownToken.of("vera", Role.VIEWER, viewer));
    TokensFile.add(file, KnownToken.of("olga", Role.OPERATOR, operator));
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(file).content().doesNotContain(viewer).doesNotContain(operator);
    Tokens tokens = Tokens.of(TokensFile.read(file));
    assertThat(tokens.find(viewer)).contains(new Caller("vera", Role.VIEWER));
    assertThat(tokens.find(operator)).contains(new Caller("olga", Role.OPERATOR));
    assertThat(tokens.find(operator + "=")).isEmpty();
    assertThatThrownBy(() -> TokensFile.add(file, KnownToken.of("vera", Role.VIEWER, viewer)))
        .hasMessage("two tokens are called \"vera\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vera:viewer                   | no name:role:sha256",
        "vera:viewer:a:b               | no name:role:sha256",
        "vera:admin:HASH               | the role is neither viewer nor operator",
        "vera:none:HASH                | the role is neither viewer nor operator",
        "ve ra:viewer:HASH             | \"ve ra\" is no name of a token",
        ":viewer:HASH                  | \"\" is no name of a token",
        "vera:viewer:secret            | the hash is no SHA-256",
      })
  void lineThatIsNotUnderstood_isNamed_andNotRepeated(String line, String message)
      throws IOException {
    Path file =
        secret("tokens", "# people\n\n" + line.replace("HASH", "0".repeat(64)), "rw-------");
    assertThatThrownBy(() -> TokensFile.read(file))
        .message()
        .startsWith(file + ":3: " + message)
        .doesNotContain("secret");
  }

  @Test
  void tokenThatIsTakenOut_isRefused_andABrokenFileChangesNothing() throws IOException {
    AtomicLong nanoTime = new AtomicLong();
    String token = Token.make();
    KnownToken known = KnownToken.of("vera", Role.VIEWER, token);
    Path file = secret("tokens", known.line(), "rw-------");
    TokenStore store = new TokenStore(List.of(), file, nanoTime::get);
    assertThat(store.find(token)).isPresent();
    change(file, "broken", nanoTime);
    assertThat(store.find(token)).isPresent();
    change(file, "", nanoTime);
    assertThat(store.find(token)).isEmpty();
  }

  private static void change(Path file, String text, AtomicLong nanoTime) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.EPOCH.plusNanos(nanoTime.addAndGet(2_000_000_000L))));
    nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private Path secret(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
