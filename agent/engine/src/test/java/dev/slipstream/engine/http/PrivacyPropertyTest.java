package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.config.rules.RulesFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 2: whatever the sequence of requests, identities and answers, an answer made for one identity
 * is served to no other unless it was explicitly shared. That holds for the fields of answers that
 * only confirm what is stored, too.
 *
 * <p>The model is a table of every body, and of every value of one field, with the identity that it
 * was made for.
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
    "max-age=0",
    "max-age=5, stale-while-revalidate=30",
    "max-age=5, stale-if-error=60"
  };
  private static final String[] VARY = {
    "", "", "", "Accept", "Cookie", "Authorization", "Accept, Cookie", "*", "id", "X-API-Key"
  };
  private static final String[] ACCEPT = {"", "", "json", "html"};
  private static final String[] REQUEST_CACHE_CONTROL = {"", "", "", "no-cache", "max-age=5"};

  /** Names the identity that an answer was made for, as an application may. */
  private static final String OWNER = "X-Owner";

  private record Made(String identity, boolean shared) {}

  private final Random random = new Random();
  private final TestGateway gateway = new TestGateway();
  private final Map<String, Made> made = new HashMap<>();
  private final List<Runnable> underWay = new ArrayList<>();
  private final List<String> fieldsOfOthers = new ArrayList<>();
  private int answers;
  private int own;
  private int shared;
  private int confirmed;
  private int insteadOfErrors;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void serve_neverAnotherIdentitysAnswer(long seed) {
    run(seed);

    assertThat(own).as("hits on an identity's own answers").isGreaterThan(100);
    assertThat(shared).as("hits on shared answers").isGreaterThan(100);
    assertThat(confirmed).as("confirmed answers").isGreaterThan(100);
    assertThat(insteadOfErrors).as("answers instead of errors").isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void serve_neverAFieldOfAnotherIdentitysAnswer(long seed) {
    run(seed);

    assertThat(fieldsOfOthers).isEmpty();
  }

  private void run(long seed) {
    random.setSeed(seed);
    RuleSet rules = RulesFile.parse("test", RULES).rules();
    assertThat(rules.rules()).hasSize(3);
    gateway.cache.useRules(rules);
    for (int step = 0; step < 10_000; step++) {
      String identity = any(IDENTITIES);
      TestRequest request = request(identity);
      Decision decision = gateway.decide(request);
      if (decision instanceof Decision.Serve serve) {
        check(serve, identity, request);
        if (serve.refresh() != null) {
          answer(gateway.cache.fill(serve.refresh()), ANONYMOUS);
        }
      } else if (decision instanceof Decision.Fetch fetch) {
        goOn(fetch, identity, request);
      }
      if (!underWay.isEmpty() && random.nextInt(3) > 0) {
        underWay.remove(random.nextInt(underWay.size())).run();
      }
      if (random.nextInt(20) == 0) {
        gateway.clock.advanceSeconds(random.nextInt(30));
      }
      if (random.nextInt(300) == 0) {
        gateway.cache.unsafe(TestRequest.of("PUT", any(PATHS))).answered(204, null, null);
      }
      if (random.nextInt(2_000) == 0) {
        gateway.flush();
      }
    }
  }

  private void check(Decision.Serve serve, String identity, TestRequest request) {
    String body = TestGateway.body(serve);
    Made origin = made.get(body);
    assertThat(origin).isNotNull();
    if (origin.shared()) {
      shared++;
    } else {
      assertThat(identity)
          .as("%s was made for %s, asked by%n%s", body, origin, request)
          .isEqualTo(origin.identity());
      own += identity.equals(ANONYMOUS) ? 0 : 1;
    }
    for (String owner : serve.response().fields().all(OWNER)) {
      Made by = made.get(owner);
      if (!by.shared() && !by.identity().equals(identity)) {
        fieldsOfOthers.add(owner + " of " + by + " for " + identity);
      }
    }
    if (serve.response().fields().contains("Set-Cookie")) {
      fieldsOfOthers.add("a cookie for " + identity);
    }
  }

  /** The application answers, confirms what is stored, or fails. */
  private void goOn(Decision.Fetch fetch, String identity, TestRequest request) {
    Validation validation = fetch.validation();
    int choice = random.nextInt(4);
    if (validation != null && request.method().equals("HEAD")) {
      gateway.cache.answeredHead(fetch, head(200, identity, validation.stored()), new ReadSet());
    } else if (validation != null && choice == 0 && validation.isConfirmedBy(304)) {
      Fill fill = fetch.store() ? gateway.cache.fill(fetch) : null;
      ResponseHead head = head(304, identity, validation.stored());
      // Its own exchange gets the head from the application, cookie and all.
      Decision.Serve serve = gateway.cache.confirmed(fetch, fill, head, new ReadSet());
      if (serve != null) {
        assertThat(made.get(TestGateway.body(serve)))
            .matches(origin -> origin.shared() || origin.identity().equals(identity));
        confirmed++;
      }
    } else if (validation != null && choice == 1) {
      Decision.Serve serve = gateway.cache.insteadOfError(fetch, 503);
      if (serve != null) {
        check(serve, identity, request);
        insteadOfErrors++;
      }
    } else if (fetch.store()) {
      answer(gateway.cache.fill(fetch), identity);
    }
  }

  /**
   * Fields that say whose they are; what confirms a body as shared makes it so. Without a
   * Cache-Control of their own, that of what is stored goes on to hold (RFC 9111 §3.2).
   */
  private ResponseHead head(int status, String identity, StoredResponse stored) {
    String body = new String(stored.body(), StandardCharsets.UTF_8);
    String cacheControl = any(CACHE_CONTROL);
    boolean cookie = random.nextInt(10) == 0;
    boolean said = cacheControl.isEmpty() ? stored.explicitlyShared() : isShared(cacheControl);
    boolean isShared = said && !cookie;
    Fields.Builder fields = Fields.builder();
    add(fields, "Cache-Control", cacheControl);
    if (cookie) {
      fields.add("Set-Cookie", "SID=1");
    }
    String owner = "owner " + answers++;
    made.put(owner, new Made(identity, isShared));
    if (said) {
      made.computeIfPresent(body, (same, before) -> new Made(before.identity(), true));
    }
    return TestGateway.head(status, flat(fields.add(OWNER, owner).build()));
  }

  private static boolean isShared(String cacheControl) {
    return cacheControl.contains("public")
        || cacheControl.contains("s-maxage")
        || cacheControl.contains("must-revalidate");
  }

  /** Begins an answer that ends some steps later. */
  private void answer(Fill fill, String asker) {
    String cacheControl = any(CACHE_CONTROL);
    boolean isShared = isShared(cacheControl);
    // Now and then the application logs the asker in, and answers to whom that made him.
    boolean identified = random.nextInt(10) == 0;
    String identity = identified ? asker + " logged in " + answers : asker;
    if (identified && !asker.equals(ANONYMOUS)) {
      identity = asker; // the key tells his credential apart already
    }
    Fields.Builder fields = Fields.builder();
    add(fields, "Cache-Control", cacheControl);
    add(fields, "Vary", any(VARY));
    add(fields, "ETag", random.nextInt(3) == 0 ? "" : "\"" + answers + "\"");
    if (random.nextInt(10) == 0) {
      fields.add("Set-Cookie", "SID=" + random.nextInt(3));
      isShared = false;
    }
    String body = "body " + answers++;
    made.put(body, new Made(identity, isShared));
    String[] flat = flat(fields.add(OWNER, body).build());
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
