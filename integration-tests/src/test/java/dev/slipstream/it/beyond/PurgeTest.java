package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The method PURGE. */
final class PurgeTest extends BeyondTest {
  private static final String TOKEN = "X-Purge-Token: " + Setup.PURGE_TOKEN;
  private static final String SOFT = "X-Purge-Soft: true";

  private Answer purge(String target, String... fields) throws IOException {
    return send(Setup.SERVING, "PURGE", target, fields);
  }

  @Test
  void withoutASetting_isTheApplications() throws IOException {
    Resource resource = resource("plain").answers(request -> Reply.ok("the application's", FRESH));
    awaitStored(Setup.OTHERWISE, resource, resource.path());
    int before = resource.requests();

    Answer answer = send(Setup.OTHERWISE, "PURGE", resource.path(), TOKEN);

    assertThat(answer.body()).isEqualTo("the application's");
    assertThat(answer.values("X-Purged-Entries")).isEmpty();
    assertThat(resource.requests() - before).isOne();
    assertThat(resource.last().method()).isEqualTo("PURGE");
  }

  @Test
  void rightToken_dropsTheAnswer() throws IOException {
    Resource resource = resource("plain").answers(request -> Reply.ok("stored", FRESH));
    awaitStored(resource);
    int before = resource.requests();

    Answer answer = purge(resource.path(), TOKEN);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.values("X-Purged-Entries")).containsExactly("1");
    assertThat(answer.values("Content-Length")).containsExactly("0");
    assertThat(resource.requests()).as("the application sees none of it").isEqualTo(before);
    assertForwarded(resource);
  }

  @Test
  void rightToken_dropsEveryVariant() throws IOException {
    Resource resource =
        resource("plain")
            .answers(request -> Reply.ok("in " + request.values("X-Lang"), FRESH, "Vary: X-Lang"));
    for (String variant : List.of("X-Lang: en", "X-Lang: de", "X-None: 1")) {
      awaitStored(resource, variant);
    }

    Answer answer = purge(resource.path(), TOKEN);

    assertThat(answer.values("X-Purged-Entries"))
        .as("three variants and what leads to them")
        .containsExactly("4");
    for (String variant : List.of("X-Lang: en", "X-Lang: de", "X-None: 1")) {
      assertForwarded(resource, resource.path(), variant);
    }
  }

  @Test
  void rightToken_dropsTheAnswersOfEveryIdentity() throws IOException {
    Resource resource =
        resource("each")
            .answers(request -> Reply.ok("for " + request.values("Authorization"), FRESH));
    awaitStored(resource, "Authorization: Bearer alice");
    awaitStored(resource, "Authorization: Bearer bob");
    awaitStored(resource);

    assertThat(purge(resource.path(), TOKEN).values("X-Purged-Entries")).containsExactly("3");

    assertForwarded(resource, resource.path(), "Authorization: Bearer alice");
    assertForwarded(resource, resource.path(), "Authorization: Bearer bob");
    assertForwarded(resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/below", "-longer", "?a=1"})
  void rightToken_leavesOtherUrls(String more) throws IOException {
    Resource resource = resource("plain").answers(request -> Reply.ok("stored", FRESH));
    String other = resource.path() + more;
    awaitStored(resource);
    awaitStored(Setup.SERVING, resource, other);

    purge(resource.path(), TOKEN);

    assertReused(resource, other);
    assertForwarded(resource);
  }

  @Test
  void nothingStored_isSaid() throws IOException {
    assertThat(purge(resource("plain").path(), TOKEN).values("X-Purged-Entries"))
        .containsExactly("0");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none           | X-None: 1
          another        | X-Purge-Token: a-token-of-16-and-mor_
          the beginning  | X-Purge-Token: a-token-of-16-and-mor
          more           | X-Purge-Token: a-token-of-16-and-more-
          empty          | X-Purge-Token:
          other letters  | X-Purge-Token: A-TOKEN-OF-16-AND-MORE
          soft           | X-Purge-Soft: true
          """)
  void wrongToken_isForbidden(String rule, String field) throws IOException {
    Resource resource = resource("plain").answers(request -> Reply.ok("stored", FRESH));
    awaitStored(resource);

    Answer answer = purge(resource.path(), field);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.values("X-Purged-Entries")).isEmpty();
    assertReused(resource);
  }

  @Test
  void soft_isConfirmedByTheApplication() throws IOException {
    Resource resource =
        resource("plain")
            .answers(
                request ->
                    request.isConditional()
                        ? Reply.notModified(FRESH, "ETag: \"a\"")
                        : Reply.ok("stored", FRESH, "ETag: \"a\""));
    awaitStored(resource);

    assertThat(purge(resource.path(), TOKEN, SOFT).values("X-Purged-Entries")).containsExactly("1");

    Answer answer = assertForwarded(resource);
    assertThat(resource.last().values("If-None-Match")).containsExactly("\"a\"");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("stored");
    awaitStored(resource);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 503})
  void soft_answersWhileTheApplicationCannot(int status) throws IOException {
    Resource resource =
        resource("plain").replies(Reply.ok("stored", FRESH)).answers(r -> Reply.of(status, ""));
    get(resource);
    awaitStored(resource);

    purge(resource.path(), TOKEN, SOFT);

    Answer answer = assertForwarded(resource);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("stored");
  }

  @Test
  void hard_answersNoMoreWhileTheApplicationCannot() throws IOException {
    Resource resource =
        resource("plain").replies(Reply.ok("stored", FRESH)).answers(r -> Reply.of(503, "down"));
    get(resource);
    awaitStored(resource);

    purge(resource.path(), TOKEN);

    assertThat(assertForwarded(resource).status()).isEqualTo(503);
  }
}
