package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RulesFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No target makes the key or the path's check throw, and no two share a key. */
class AnyTargetTest {
  private static final int INPUTS = 100_000;
  private static final CacheRule RULE =
      RulesFile.parse("test", "rules: [{name: v, pattern: /**, vary_headers: [Accept]}]")
          .rules()
          .rules()
          .get(0);

  @Test
  void isAmbiguous_anyPath_whereverDecodingChangesItsSegments() {
    Random random = new Random(3986);
    AnyText texts = new AnyText(random, "/", "/", "a", ".", "..", "%41", "%5C", "%3b", "b");
    int plain = 0;
    for (int i = 0; i < INPUTS; i++) {
      String path = "/" + texts.next(8);
      if (RequestPath.isAmbiguous(path)) {
        continue;
      }
      plain++;
      for (String segment : path.substring(1).split("/", -1)) {
        String decoded = segment.replaceAll("%(?!5[Cc])[4-9a-fA-F][0-9a-fA-F]", "A");
        boolean odd = decoded.equals(".") || decoded.equals("..") || decoded.contains("\\");
        boolean last = path.endsWith("/" + segment);
        if (odd || decoded.contains(";") || decoded.contains("%") || (segment.isEmpty() && !last)) {
          throw new AssertionError(path + " is taken for plain");
        }
      }
    }
    assertThat(plain).isGreaterThan(5_000);
  }

  @Test
  void keys_anyTwoRequests_areTheSameForTheSameOnesAlone() {
    Random random = new Random(1);
    AnyText texts = new AnyText(random, "a", "b", ":", "%", "%3A", ",", "id=", "~", "://");
    CacheKeys keys = new CacheKeys("apigw", true);
    Map<String, List<Object>> askedBy = new HashMap<>();
    int again = 0;
    for (int i = 0; i < INPUTS; i++) {
      String query = random.nextInt(3) == 0 ? null : texts.next(2);
      String accept = random.nextInt(3) == 0 ? null : texts.next(2).strip();
      String host = random.nextInt(3) == 0 ? null : texts.next(2).toLowerCase(Locale.ROOT);
      String scheme = random.nextBoolean() ? "http" : "https";
      String server = random.nextBoolean() ? "a" : "[::1]";
      int port = random.nextBoolean() ? 443 : 8443;
      String identity = random.nextInt(3) == 0 ? "1234" : null;
      boolean ruled = random.nextBoolean();
      boolean varies = !ruled && random.nextBoolean();
      TestRequest request =
          TestRequest.get("/").target("/" + texts.next(2), query).at(scheme, server, port);
      field(request, "Host", host);
      field(request, "Accept", accept);
      CacheRule rule = ruled ? RULE : null;

      String url = keys.of(request, rule, identity);
      String key = varies ? CacheKeys.variant(url, List.of("accept"), request) : url;

      assertThat(CacheKeys.urlOf(key))
          .as("the URL of %s", key)
          .isEqualTo(keys.beginningOf(request, request.path(), query, rule));
      boolean sameHost = server.equals(host) || (server + ':' + port).equals(host);
      String chosen = ruled || varies ? SelectingValue.of("accept", request.all("Accept")) : "";
      List<Object> asked =
          Arrays.asList(
              request.path(),
              query,
              scheme,
              server,
              port,
              sameHost ? null : host,
              identity,
              ruled || varies,
              chosen);
      List<Object> before = askedBy.putIfAbsent(order(key, varies, identity), asked);
      again += before == null ? 0 : 1;
      if (before != null && !before.equals(asked)) {
        throw new AssertionError(key + " is for " + before + " and " + asked);
      }
    }
    assertThat(again).isGreaterThan(1_000);
  }

  /** With an identity, what a rule names comes before it and what a response names after it. */
  private static String order(String key, boolean varies, String identity) {
    return identity == null ? key : key + varies;
  }

  private static void field(TestRequest request, String name, String value) {
    if (value != null) {
      request.field(name, value);
    }
  }
}
