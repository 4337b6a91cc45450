package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.rules.RequestCondition;
import dev.slipstream.engine.redis.SharedSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No field value makes a parser on the request's path throw, and none hides what another says. */
class AnyFieldTest {
  private static final int INPUTS = 100_000;
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @Test
  void cacheControl_anyLine_hidesNothingOfTheOthers() {
    Random random = new Random(9111);
    AnyText texts =
        new AnyText(random, "no-cache", "private", "max-age", "=", "\"", ",", "5", "x-a", " ");
    int argued = 0;
    for (int i = 0; i < INPUTS; i++) {
      String line = texts.next(12);

      CacheControl alone = CacheControl.parse(List.of(line));
      for (String name : List.of("no-cache", "private", "max-age", "x-a", "")) {
        long seconds = alone.seconds(name);
        if (seconds < CacheControl.ABSENT || seconds > Integer.MAX_VALUE) {
          throw new AssertionError(seconds + " in " + line);
        }
        boolean listed = !alone.listedFields(name).isEmpty();
        if (alone.has(name) ? alone.hasWhole(name) == listed : listed || seconds >= 0) {
          throw new AssertionError(name + " of " + line + " is neither whole nor a list");
        }
        argued += seconds > 0 || listed ? 1 : 0;
      }
      if (!CacheControl.parse(List.of(line, "no-store")).has("no-store")
          || !CacheControl.parse(List.of("no-store," + line)).has("no-store")) {
        throw new AssertionError("no-store is lost beside " + line);
      }
    }
    assertThat(argued).isGreaterThan(1_000);
  }

  @Test
  void httpDate_anyText_isInvalidOrATimeThatCanBeWritten() {
    Random random = new Random(5);
    AnyText texts =
        new AnyText(
            random,
            "Sun, ",
            "Sunday, ",
            "Sun ",
            "01 Mar ",
            "01-Mar-",
            "Mar  1 ",
            "2026",
            "26 ",
            " 12:00:00",
            ":60",
            " GMT",
            " ",
            "9999",
            "-",
            "06 Nov 1994 08:49:37 GMT");
    int valid = 0;
    for (int i = 0; i < INPUTS; i++) {
      long some = random.nextLong(253_402_300_800_000L); // up to the end of year 9999
      String written = HttpDate.format(some);
      assertThat(HttpDate.parse(written, NOW)).isEqualTo(some / 1000 * 1000);
      int at = random.nextInt(written.length());
      String broken = written.substring(0, at) + texts.next(1) + written.substring(at + 1);
      String text = random.nextBoolean() ? texts.next(7) : broken;
      long parsed = HttpDate.parse(text, NOW);
      if (parsed != HttpDate.INVALID) {
        valid++;
        assertThat(parsed % 1000).as(text).isZero();
      }
    }
    assertThat(valid).isGreaterThan(100);
  }

  @Test
  void notModified_anyIfNoneMatch_onlyWhereTheTagIsNamed() {
    Random random = new Random(13);
    AnyText texts = new AnyText(random, "\"v1\"", "W/\"v1\"", "\"v2\"", "\"", ", ", "v1", "W/");
    StoredResponse stored = stored("W/\"v1\"");
    int matched = 0;
    for (int i = 0; i < INPUTS; i++) {
      String line = texts.next(8);
      TestRequest request = TestRequest.get("/").field("If-None-Match", line);
      if (Preconditions.notModified(request, stored, NOW)) {
        matched++;
        assertThat(line.contains("\"v1\"") || line.strip().equals("*")).as(line).isTrue();
      }
      if (!Preconditions.notModified(request.field("If-None-Match", "\"v1\""), stored, NOW)) {
        throw new AssertionError("the second line is lost beside " + line);
      }
      TestRequest since = TestRequest.get("/").field("If-Modified-Since", line);
      assertThat(Preconditions.notModified(since, stored, NOW)).as(line).isFalse();
    }
    assertThat(matched).isGreaterThan(10_000);
  }

  private static StoredResponse stored(String etag) {
    Fields fields = Fields.of("ETag", etag);
    return new StoredResponse(
        200,
        fields,
        Fields.EMPTY,
        new byte[1],
        null,
        true,
        false,
        NOW,
        0,
        NOW,
        Lifetime.fresh(1_000),
        List.of());
  }

  @Test
  void conditions_anyRequest_holdWhereTheNameIsThere() {
    Random random = new Random(8);
    AnyText texts = new AnyText(random, "n", "=", "n=1", ";", "&", " ", "n=", "m=2", "0");
    List<RequestCondition> conditions = new ArrayList<>();
    for (RequestCondition.Kind kind : RequestCondition.Kind.values()) {
      conditions.add(new RequestCondition(kind, "n", new NamePatterns(List.of("1"))));
      conditions.add(new RequestCondition(kind, "n", null));
    }
    int held = 0;
    for (int i = 0; i < INPUTS; i++) {
      String text = texts.next(8);
      TestRequest request = TestRequest.get("/").target("/", text).field("Cookie", text);
      for (RequestCondition condition : conditions) {
        held += Conditions.anyHolds(List.of(condition), request) ? 1 : 0;
      }
      request.target("/", text + "&n=1").field("Cookie", "n=1").field("n", text).field("n", "1");
      for (RequestCondition condition : conditions) {
        if (!Conditions.anyHolds(List.of(condition), request)) {
          throw new AssertionError(condition + " does not hold beside " + text);
        }
      }
    }
    assertThat(held).isGreaterThan(10_000);
  }

  @Test
  void credentials_anyCookies_tellAsMuchBesideHarmlessOnes() {
    Random random = new Random(6265);
    AnyText texts = new AnyText(random, "SID=1", "_ga=2", "; ", "=", "SID", "_ga", " ", "\"");
    Credentials credentials =
        new Credentials(
            List.of("X-API-Key"), new NamePatterns(List.of("_ga", "_ga_*")), SharedSecret.random());
    int present = 0;
    for (int i = 0; i < INPUTS; i++) {
      String line = texts.next(8);
      TestRequest request = TestRequest.get("/").field("Cookie", line);
      boolean tells = credentials.presentIn(request, null);
      String identity = credentials.identityOf(request, null);
      present += tells ? 1 : 0;
      request.field("Cookie", "_ga=3; _ga_X=4");
      if (credentials.presentIn(request, null) != tells
          || !credentials.identityOf(request, null).equals(identity)) {
        throw new AssertionError("a harmless cookie says who is asking beside " + line);
      }
      request.field("Cookie", "SID=5");
      if (!credentials.presentIn(request, null)
          || credentials.identityOf(request, null).equals(identity)) {
        throw new AssertionError("SID is lost beside " + line);
      }
    }
    assertThat(present).isBetween(INPUTS / 4, INPUTS - 1_000);
  }
}
