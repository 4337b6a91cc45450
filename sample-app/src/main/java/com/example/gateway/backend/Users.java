package com.example.gateway.backend;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The user profiles: {@value #COUNT} people whose attributes follow from their number alone. */
final class Users {

  private static final int COUNT = 10_000;
  private static final int PAGE_SIZE = 100;
  private static final String FRESH_FOR_A_MINUTE = "max-age=60";
  private static final String LAST_MODIFIED = "Thu, 01 Oct 2026 08:00:00 GMT";

  private static final List<String> GIVEN_NAMES =
      List.of("Ada", "Alan", "Barbara", "Edsger", "Frances", "Grace", "Ken", "Leslie", "Niklaus");
  private static final List<String> FAMILY_NAMES =
      List.of("Allen", "Dijkstra", "Hopper", "Lamport", "Liskov", "Lovelace", "Turing", "Wirth");
  private static final List<String> CITIES =
      List.of("Amsterdam", "Boston", "Lyon", "Nairobi", "Osaka", "Porto", "Zürich");

  Reply profile(String id) {
    if (!id.matches("[1-9][0-9]{0,4}") || Integer.parseInt(id) > COUNT) {
      return Reply.failure(404, "No such user");
    }
    var body = json(Integer.parseInt(id));
    return Reply.json(body, Duration.ofMillis(5 + Seed.of("/users/" + id).below(16)))
        .with("Cache-Control", FRESH_FOR_A_MINUTE)
        .with("ETag", String.format(Locale.ROOT, "\"%x\"", Seed.of(body).value()));
  }

  /** The profile of whoever asks, which no shared cache may keep. */
  Reply me() {
    return Reply.json(json(1), Duration.ofMillis(5)).with("Cache-Control", "no-store");
  }

  Reply page(@Nullable String query) {
    var text = Objects.requireNonNullElse(query, "page=1");
    if (!text.matches("page=[1-9][0-9]{0,2}")) {
      return Reply.failure(400, "A page is a number from 1 to 999");
    }
    int page = Integer.parseInt(text.substring("page=".length()));
    int first = (page - 1) * PAGE_SIZE + 1;
    var users =
        IntStream.range(first, Math.min(first + PAGE_SIZE, COUNT + 1))
            .mapToObj(Users::json)
            .collect(joining(",\n"));
    var body =
        String.format(
            Locale.ROOT, "{\"page\":%d,\"total\":%d,\"users\":[\n%s]}", page, COUNT, users);
    return Reply.json(body, Duration.ofMillis(25 + Seed.of(text).below(11)))
        .with("Cache-Control", FRESH_FOR_A_MINUTE)
        .with("Last-Modified", LAST_MODIFIED);
  }

  private static String json(int id) {
    var seed = Seed.of(Integer.toString(id));
    var given = GIVEN_NAMES.get(seed.below(GIVEN_NAMES.size()));
    var family = FAMILY_NAMES.get(seed.below(FAMILY_NAMES.size()));
    return String.format(
        Locale.ROOT,
        """
        {"id":%d,"givenName":"%s","familyName":"%s","email":"%s.%s.%d@example.com",\
        "city":"%s","phone":"+1 555 %07d","plan":"%s","memberSince":"20%02d-%02d-%02d",\
        "avatar":"https://images.example.com/avatars/%2$s-%1$d.png",\
        "preferences":{"language":"en","newsletter":%b,"theme":"%s"}}""",
        id,
        given,
        family,
        given.toLowerCase(Locale.ROOT),
        family.toLowerCase(Locale.ROOT),
        id,
        CITIES.get(seed.below(CITIES.size())),
        seed.below(10_000_000),
        seed.below(3) == 0 ? "business" : "personal",
        seed.below(25),
        1 + seed.below(12),
        1 + seed.below(28),
        seed.below(2) == 0,
        seed.below(2) == 0 ? "dark" : "light");
  }
}
