package dev.slipstream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Without an agent in the process all of it does nothing, and fails nobody. */
class CacheWithoutAgentTest {
  private static final Duration TTL = Duration.ofMinutes(1);

  private final Cache users = Slipstream.cache("users", String.class);

  @Test
  void get_isWhatIsGivenOtherwise() {
    users.set("1", "Ada", TTL, List.of("users"));
    assertThat(users.get("1", "none")).isEqualTo("none");
    assertThat(users.<String>get("1", null)).isNull();
    assertThat(users.getAsync("1", "none")).isCompletedWithValue("none");
  }

  @Test
  void writeThrough_isTheSameCache() {
    Cache through = users.writeThrough();
    through.set("1", "Ada", TTL);
    through.delete("1");
    assertThat(through.name()).isEqualTo("users");
    assertThat(through.getOrLoad("1", TTL, () -> "loaded")).isEqualTo("loaded");
  }

  @Test
  void getOrLoad_loadsOnceForEachCall() {
    AtomicInteger loads = new AtomicInteger();
    assertThat(users.getOrLoad("1", TTL, () -> "load " + loads.incrementAndGet()))
        .isEqualTo("load 1");
    assertThat(users.getOrLoad("1", null, List.of("t"), () -> "load " + loads.incrementAndGet()))
        .isEqualTo("load 2");
  }

  @Test
  void getOrLoad_throwsWhatTheLoaderThrows() {
    IOException checked = new IOException("the backend");
    Loader<String, IOException> failing =
        () -> {
          throw checked;
        };
    assertThatThrownBy(() -> users.getOrLoad("1", TTL, failing)).isSameAs(checked);
    assertThat(
            users.getOrLoadAsync("1", TTL, List.of(), () -> CompletableFuture.failedStage(checked)))
        .isCompletedExceptionally();
    assertThat(
            users.<String>getOrLoadAsync(
                "1",
                TTL,
                List.of(),
                () -> {
                  throw checked;
                }))
        .isCompletedExceptionally();
  }

  @Test
  void getOrLoadAsync_isTheLoadersStage() {
    assertThat(
            users.getOrLoadAsync(
                "1", TTL, List.of(), () -> CompletableFuture.completedStage("Ada")))
        .isCompletedWithValue("Ada");
  }

  @Test
  void invalidation_removesNothing() {
    users.delete("1");
    assertThat(users.invalidateByTags("users")).isZero();
    assertThat(users.invalidateByPattern("user:*")).isZero();
    assertThat(users.invalidateByTagsAsync("users")).isCompletedWithValue(0L);
    assertThat(users.invalidateByPatternAsync("user:*")).isCompletedWithValue(0L);
  }

  @Test
  void namesAndKeys_areNotEmpty() {
    assertThatIllegalArgumentException().isThrownBy(() -> Slipstream.cache(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> users.get("", "none"));
  }
}
