package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.ManagementClient;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Much of anything is answered right, and no more of it kept than is bounded: long keys, many
 * variants, many ranges, keys that collide. A cache that cuts long keys off, or goes by their hash,
 * gives one's answer to another; one without bounds grows, or answers more than is there.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = Mode.EXCLUDE, names = "NAIVE")
final class SizeTest extends AttackTest {
  private static final int MOST_VARIANTS = 64;
  private static final int VARIANTS = 200;

  @ParameterizedTest
  @ValueSource(ints = {240, 250, 260, 1_000, 4_000, 7_500})
  void longUrls_areToldApartByTheirLastCharacter(int length) throws IOException {
    Resource resource = resource("ruled").answers(request -> Reply.ok(request.target(), FRESH));
    String beginning = resource.path() + "?q=" + "x".repeat(length);

    for (int round = 0; round < 2; round++) {
      for (String end : new String[] {"a", "b", ""}) {
        assertThat(get(beginning + end).body()).isEqualTo(beginning + end);
      }
    }
    assertThat(resource.requests()).isEqualTo(3);
  }

  /** Longer than the container takes: refused, and the connection's next request answered right. */
  @Test
  void longerUrlThanTheContainerTakes_isRefused() throws IOException {
    Resource resource = resource("ruled").answers(request -> Reply.ok("short", FRESH));
    try (var other = anotherConnection()) {
      assertThat(other.get(resource.path() + "?q=" + "x".repeat(20_000)).status())
          .isBetween(400, 499);
    }
    assertThat(get(resource.path()).body()).isEqualTo("short");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-One", "X-Forwarded-Host"})
  void manyVariants_areAnsweredRightAndKeptInPart(String field) throws Exception {
    Resource resource =
        resource("ruled")
            .answers(
                request ->
                    Reply.ok(String.join(",", request.values(field)), FRESH, "Vary: " + field));
    try (ManagementClient management = ManagementClient.of(ways().gateway(way))) {
      long refused = refusals(management, "too_many_variants");
      for (int i = 0; i < VARIANTS; i++) {
        assertThat(get(resource.path(), field + ": " + i).body()).isEqualTo("" + i);
      }
      int stored = resource.requests();
      for (int i = 0; i < VARIANTS; i++) {
        assertThat(get(resource.path(), field + ": " + i).body()).isEqualTo("" + i);
      }
      assertThat(resource.requests() - stored)
          .as("those over the bound are asked for again")
          .isEqualTo(VARIANTS - MOST_VARIANTS);
      await() // it is counted once the answer is out
          .untilAsserted(
              () ->
                  assertThat(refusals(management, "too_many_variants") - refused)
                      .isGreaterThanOrEqualTo(2 * (VARIANTS - MOST_VARIANTS)));
    }
  }

  private static long refusals(ManagementClient management, String why) throws Exception {
    TabularData refusals = (TabularData) management.get("type=HttpCache", "Refusals");
    return ((Number) refusals.get(new Object[] {why}).get("value")).longValue();
  }

  /** RFC 9110 §17.15: no set of ranges gets more than there is, but for the parts' own heads. */
  @Test
  void manyRanges_getNoMoreThanThereIs() throws IOException {
    Resource resource =
        resource("ruled").answers(request -> Reply.ok("x".repeat(10_000), FRESH, "ETag: \"1\""));
    awaitStored(resource);
    int before = resource.requests();
    List<String> fields = new ArrayList<>();
    fields.add("bytes=" + "0-,".repeat(1_000) + "0-");
    fields.add("bytes=" + "-9999,".repeat(800) + "-1");
    fields.add("bytes=" + repeated("%d-%d", 0, 2, 500));
    fields.add("bytes=" + repeated("%d-", 0, 1, 1_000));
    fields.add("bytes=" + repeated("%d-%d", 0, 100, 15));
    fields.add("bytes=0-9223372036854775807,0-18446744073709551616");
    for (String ranges : fields) {
      Answer answer = get(resource.path(), "Range: " + ranges);
      assertThat(answer.body().length())
          .as("%s", answer.statusLine())
          .isLessThan(10_000 + 16 * 200);
      assertThat(answer.status()).isIn(200, 206, 416);
    }
    assertThat(resource.requests()).isEqualTo(before);
  }

  private static String repeated(String range, int first, int step, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> range.replace("%d", Integer.toString(first + i * step)))
        .collect(Collectors.joining(","));
  }

  /** Whole keys collide where equally long strings of one hash are in the same place of them. */
  @Test
  void collidingKeys_areToldApart() throws IOException {
    Resource resource = resource("ruled").answers(request -> Reply.ok(request.target(), FRESH));
    List<String> targets = colliding(9).stream().map(q -> resource.path() + "?" + q).toList();
    assertThat(targets.stream().map(String::hashCode).distinct()).hasSize(1);

    for (int round = 0; round < 2; round++) {
      for (String target : targets) {
        assertThat(get(target).body()).isEqualTo(target);
      }
    }
    assertThat(resource.requests()).isEqualTo(targets.size());
  }

  /** Colliding names of fields that choose: each has its say. */
  @Test
  void collidingFieldNames_areToldApart() throws IOException {
    List<String> names = colliding(5).stream().map(name -> "X-" + name).toList();
    Resource resource =
        resource("ruled")
            .answers(
                request ->
                    Reply.ok(
                        request.fields().toString(), FRESH, "Vary: " + String.join(",", names)));
    List<String> fields = names.stream().map(name -> name + ": 1").toList();
    String first = get(resource.path(), fields.toArray(String[]::new)).body();

    for (int i = 0; i < fields.size(); i++) {
      List<String> changed = new ArrayList<>(fields);
      changed.set(i, names.get(i) + ": 2");
      assertThat(get(resource.path(), changed.toArray(String[]::new)).body()).isNotEqualTo(first);
    }
    int before = resource.requests();
    assertThat(get(resource.path(), fields.toArray(String[]::new)).body()).isEqualTo(first);
    assertThat(resource.requests()).isEqualTo(before);
  }

  /** All strings of some length made of two pairs of letters that have one hash. */
  private static List<String> colliding(int pairs) {
    List<String> strings = List.of("");
    for (int i = 0; i < pairs; i++) {
      strings = strings.stream().flatMap(s -> List.of(s + "Aa", s + "BB").stream()).toList();
    }
    return strings;
  }
}
