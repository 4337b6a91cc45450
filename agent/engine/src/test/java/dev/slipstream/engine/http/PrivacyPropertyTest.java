package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.config.rules.RulesFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 2: whatever the sequence of requests, identities and answers, an answer made for one identity
 * is served to no other unless it was explicitly shared.
 *
 * <p>The model is a table of every body with the identity that it was made for.
 */
class PrivacyPropertyTest {
  private static final String RULES =
      """
      rules:
        - {name: own, pattern: "/own*", ttl: 100s, cache_authenticated: true}
        - {name: forced, pattern: "/forced*", ttl: 100s, origin: override}
        - {name: both, pattern: "/both*", ttl: 100s, origin: override, cache_authenticated: true,
           vary_headers: [Accept]}
      """;

  private static final String ANONYMOUS = "nobody";

  private static final String[] PATHS = {"/own", "/forced", "/both", "/plain", "/own2"};
  private static final String[] IDENTITIES = {
    ANONYMOUS,
    "Authorization=a",
    "Authorization=b",
    "Cookie=SID=a",
    "Cookie=SID=b",
    "X-API-Key=a",
    "session=a",
    "session=b",
    "principal=a",
    "certificate=a"
  };
  private static final String[] CACHE_CONTROL = {
    "",
    "",
    "max-age=50",
    "max-age=50",
    "private, max-age=50",
    "no-store",
    "no-cache",
    "public, max-age=50",
    "s-maxage=50",
    "max-age=50, must-revalidate",
    "max-age=0"
  };
  private static final String[] VARY = {
    "", "", "", "Accept", "Cookie", "Authorization", "Accept, Cookie", "*", "id", "X-API-Key"
  };
  private static final String[] ACCEPT = {"", "", "json", "html"};
  private static final String[] REQUEST_CACHE_CONTROL = {"", "", "", "no-cache", "max-age=5"};

  private record Made(String identity, boolean shared) {}

  private final Random random = new Random();
  private final Map<String, Made> made = new HashMap<>();
  private final List<Runnable> underWay = new ArrayList<>();
  private int bodies;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void serve_neverAnotherIdentitysAnswer(long seed) {
    random.setSeed(seed);
    TestGateway gateway = new TestGateway();
    RuleSet rules = RulesFile.parse("test", RULES).rules();
    assertThat(rules.rules()).hasSize(3);
    gateway.cache.useRules(rules);
    int own = 0;
    int shared = 0;
    for (int step = 0; step < 10_000; step++) {
      String identity = any(IDENTITIES);
      TestRequest request = request(identity);
      Decision decision = gateway.decide(request);
      if (decision instanceof Decision.Serve serve) {
        String body = TestGateway.body(serve);
        Made origin = made.get(body);
        assertThat(origin).isNotNull();
        if (!origin.shared()) {
          assertThat(identity)
              .as("step %d: %s was made for %s, asked by%n%s", step, body, origin, request)
              .isEqualTo(origin.identity());
          own += identity.equals(ANONYMOUS) ? 0 : 1;
        } else {
          shared++;
        }
      } else if (decision instanceof Decision.Fetch fetch && fetch.store()) {
        answer(gateway.cache.fill(fetch), identity);
      }
      if (!underWay.isEmpty() && random.nextInt(3) > 0) {
        underWay.remove(random.nextInt(underWay.size())).run();
      }
      if (random.nextInt(20) == 0) {
        gateway.clock.advanceSeconds(random.nextInt(30));
      }
      if (random.nextInt(2_000) == 0) {
        gateway.flush();
      }
    }
    assertThat(own).as("hits on an identity's own answers").isGreaterThan(100);
    assertThat(shared).as("hits on shared answers").isGreaterThan(100);
  }

  /** Begins an answer that ends some steps later. */
  private void answer(Fill fill, String asker) {
    String cacheControl = any(CACHE_CONTROL);
    boolean shared =
        cacheControl.contains("public")
            || cacheControl.contains("s-maxage")
            || cacheControl.contains("must-revalidate");
    // Now and then the application logs the asker in, and answers to whom that made him.
    boolean identified = random.nextInt(10) == 0;
    String identity = identified ? asker + " logged in " + bodies : asker;
    if (identified && !asker.equals(ANONYMOUS)) {
      identity = asker; // the key tells his credential apart already
    }
    Fields.Builder fields = Fields.builder();
    add(fields, "Cache-Control", cacheControl);
    add(fields, "Vary", any(VARY));
    if (random.nextInt(10) == 0) {
      fields.add("Set-Cookie", "SID=" + random.nextInt(3));
      shared = false;
    }
    String body = "body " + bodies++;
    made.put(body, new Made(identity, shared));
    String[] flat = flat(fields.build());
    underWay.add(
        () -> {
          ResponseHead head = TestGateway.head(200, flat);
          fill.begin(head);
          for (int i = 0; i < body.length(); i++) {
            fill.append((byte) body.charAt(i));
          }
          if (identified) {
            TestGateway.endIdentified(fill, head);
          } else {
            TestGateway.end(fill, head);
          }
        });
  }

  private TestRequest request(String identity) {
    TestRequest request = TestRequest.of(random.nextInt(10) == 0 ? "HEAD" : "GET", any(PATHS));
    int equals = identity.indexOf('=');
    if (equals > 0) {
      String value = identity.substring(equals + 1);
      switch (identity.substring(0, equals)) {
        case "session" -> request.session(value);
        case "principal" -> request.principal(value);
        case "certificate" -> request.certificate(value);
        default -> request.field(identity.substring(0, equals), value);
      }
    }
    add(request, "Accept", any(ACCEPT));
    add(request, "Cache-Control", any(REQUEST_CACHE_CONTROL));
    return request;
  }

  private static void add(TestRequest request, String name, String value) {
    if (!value.isEmpty()) {
      request.field(name, value);
    }
  }

  private static void add(Fields.Builder fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add(name, value);
    }
  }

  private static String[] flat(Fields fields) {
    List<String> flat = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          flat.add(name);
          flat.add(value);
        });
    return flat.toArray(String[]::new);
  }

  private String any(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
