package dev.slipstream.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArgumentTextTest {
  private static final @Nullable Object[][] DIFFERENT = {
    {},
    {null},
    {null, null},
    {""},
    {"~"},
    {"null"},
    {"1"},
    {1},
    {1L},
    {1.0},
    {1.0f},
    {(short) 1},
    {(byte) 1},
    {'1'},
    {true},
    {"true"},
    {"a", "b"},
    {"a,b"},
    {"a\",\"b"},
    {"a:b"},
    {"a%3Ab"},
    {"a*"},
    {List.of()},
    {List.of("a", "b")},
    {List.of("a"), "b"},
    {List.of(List.of("a"), "b")},
    {List.of(1)},
    {(Object) new String[] {"a", "b"}},
    {(Object) new int[] {1}},
    {(Object) new long[] {1}},
    {(Object) new Object[] {1}},
    {TimeUnit.DAYS},
    {"java.util.concurrent.TimeUnit.DAYS"},
    {new UUID(1, 2)},
    {new UUID(1, 2).toString()},
    {LocalDate.of(2026, 11, 25)},
    {"2026-11-25"},
    {Instant.EPOCH},
    {Duration.ZERO},
    {BigInteger.ONE},
    {BigDecimal.ONE},
    {new BigDecimal("1.0")},
  };

  @Test
  void all_differentArguments_haveDifferentTexts() {
    List<String> texts = new ArrayList<>();
    for (Object[] arguments : DIFFERENT) {
      String text = ArgumentText.all(arguments);
      assertThat(text).as(Arrays.deepToString(arguments)).isNotNull();
      assertThat(text).isEqualTo(ArgumentText.all(arguments.clone()));
      texts.add(text);
    }
    assertThat(new HashSet<>(texts)).hasSameSizeAs(texts);
  }

  @Test
  void of_whatHasNoValueOfItsOwn_isNull() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    for (Object argument :
        new Object[] {
          new Object(),
          Map.of(),
          new HashMap<>(),
          new Thread(),
          List.of(new Object()),
          new Object[] {Map.of()},
          itself,
          "x".repeat(10_000)
        }) {
      assertThat(ArgumentText.of(argument)).isNull();
    }
  }

  @Test
  void plain_argumentOfOneType_isTextAlone() {
    assertThat(ArgumentText.plain("a:b", String.class)).isEqualTo("a%3Ab");
    assertThat(ArgumentText.plain(1L, long.class)).isEqualTo("1");
    assertThat(ArgumentText.plain(1, Integer.class)).isEqualTo("1");
    assertThat(ArgumentText.plain("1", Object.class)).isEqualTo("\"1\"");
    assertThat(ArgumentText.plain(1, Object.class)).isEqualTo("1");
    assertThat(ArgumentText.plain(null, String.class)).isEqualTo("~");
    assertThat(ArgumentText.plain("~", String.class)).isEqualTo("%7E");
  }
}
