package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Two requests that differ by a separator, or by text that went from one part to another, have two
 * keys, in this process and as bytes on a server.
 */
class CollidingKeysTest {
  private static final int PAIRS = 100_000;
  private static final CacheRule RULE =
      TestGateway.rule("pattern: /**, vary_headers: [Accept-Language, X-Kind]");
  private static final String[] PIECES = {
    ":",
    "::",
    "%",
    "%3A",
    "%25",
    "{",
    "}",
    ",",
    ",,id=",
    ",,by=",
    ",,everyone",
    "~",
    "*",
    "?",
    "=",
    "&",
    "/",
    "://",
    "a",
    "b",
    "0",
    "\u00e9",
    "\u20ac",
    "\uD83D\uDE00",
    "\uD83D",
    "\uDE00",
    "%ud83d"
  };

  private final Random random = new Random(7);

  /**
   * What a request is made of; null is absent.
   *
   * @param texts path, query, host, two fields, content type, place and the body's hash
   * @param withHost whether the host is part of the key
   */
  private record Asked(List<String> texts, boolean withHost, boolean ruled) {
    private static final int TEXTS = 8;

    String key() {
      return new CacheKeys("apigw", withHost).of(request(), ruled ? RULE : null, null);
    }

    TestRequest request() {
      String hash = texts.get(7);
      TestRequest request =
          TestRequest.of(hash == null ? "GET" : "POST", "/").target(texts.get(0), texts.get(1));
      field(request, "Host", texts.get(2));
      field(request, "Accept-Language", texts.get(3));
      field(request, "X-Kind", texts.get(4));
      field(request, "Content-Type", texts.get(5));
      request.place(texts.get(6) == null ? "" : texts.get(6));
      return hash == null ? request : request.bodyHash(Integer.toHexString(hash.hashCode()));
    }

    private static void field(TestRequest request, String name, String value) {
      if (value != null) {
        request.field(name, value);
      }
    }

    /** What of it counts. */
    List<Object> counting() {
      TestRequest request = request();
      String host = texts.get(2) == null ? null : texts.get(2).toLowerCase(Locale.ROOT);
      List<Object> counting = new ArrayList<>(texts.subList(0, 2));
      counting.add(withHost ? host : null);
      counting.add(request.place());
      counting.add(request.bodyHash());
      counting.add(request.bodyHash() == null ? null : texts.get(5));
      counting.add(
          ruled ? SelectingValue.of("accept-language", request.all("accept-language")) : 0);
      counting.add(ruled ? SelectingValue.of("x-kind", request.all("x-kind")) : 0);
      return counting;
    }
  }

  @Test
  void of_pairsThatNearlyCollide_areTwoKeys() {
    int same = 0;
    for (int i = 0; i < PAIRS; i++) {
      Asked one = asked();
      Asked other = random.nextBoolean() ? moved(one) : changed(one);
      boolean equal = one.counting().equals(other.counting());
      same += equal ? 1 : 0;
      assertThat(Arrays.equals(utf8(one.key()), utf8(other.key())))
          .as("%s of %s and of %s", one.key(), one, other)
          .isEqualTo(equal);
    }
    assertThat(same).isBetween(100, PAIRS / 2);
  }

  @Test
  void of_aVeryLongPart_isInTheKeyAsAWhole() {
    TestRequest request = TestRequest.get("/").target("/" + ":".repeat(100_000), null);

    assertThat(new CacheKeys("apigw", false).of(request, null, null))
        .isEqualTo("apigw:http_responses:GET:/" + "%3A".repeat(100_000) + ":::");
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private Asked asked() {
    List<String> texts = new ArrayList<>();
    texts.add("/" + text());
    while (texts.size() < Asked.TEXTS) {
      texts.add(random.nextInt(3) == 0 ? null : text());
    }
    return new Asked(texts, random.nextBoolean(), random.nextBoolean());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      text.append(piece());
    }
    return text.toString();
  }

  private String piece() {
    return PIECES[random.nextInt(PIECES.length)];
  }

  /** The end of one text at the beginning of the next, with a separator or without. */
  private Asked moved(Asked asked) {
    List<String> texts = new ArrayList<>(asked.texts());
    int from = random.nextInt(Asked.TEXTS - 1);
    String text = texts.get(from);
    if (text == null || text.length() < 2) {
      return changed(asked);
    }
    int cut = 1 + random.nextInt(text.length() - 1);
    String next = texts.get(from + 1);
    texts.set(from, text.substring(0, cut));
    texts.set(
        from + 1,
        text.substring(cut) + (random.nextBoolean() ? "" : piece()) + (next == null ? "" : next));
    return new Asked(texts, asked.withHost(), asked.ruled());
  }

  private Asked changed(Asked asked) {
    List<String> texts = new ArrayList<>(asked.texts());
    texts.set(1 + random.nextInt(Asked.TEXTS - 1), random.nextInt(4) == 0 ? null : text());
    return new Asked(texts, asked.withHost(), asked.ruled());
  }
}
