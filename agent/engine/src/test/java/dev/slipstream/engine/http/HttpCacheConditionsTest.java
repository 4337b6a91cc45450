package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Of a resource, the cache learns whether clients get a 304 there (RFC 9110 §13). */
class HttpCacheConditionsTest {
  private static final String[] TAGGED = {"Cache-Control", "max-age=60", "ETag", "\"1\""};

  private final TestGateway gateway = new TestGateway();

  private static TestRequest conditional() {
    return TestRequest.get("/things/1").field("If-None-Match", "\"1\"");
  }

  private void store() {
    gateway.cache.isResource("/things/1");
    gateway.answer(TestRequest.get("/things/1"), "x", TAGGED);
  }

  private void applicationAnswers(int status, String... fields) {
    BiConsumer<Integer, Fields> trial = gateway.cache.conditionTrial(conditional());
    assertThat(trial).isNotNull();
    trial.accept(status, Fields.of(fields));
  }

  @Test
  void decide_anythingButAResource_isNotModified() {
    gateway.answer(TestRequest.get("/things/1"), "x", TAGGED);

    assertThat(gateway.serve(conditional()).content()).isEqualTo(Content.NOT_MODIFIED);
    assertThat(gateway.cache.conditionTrial(conditional())).isNull();
  }

  @Test
  void decide_resourceNotSeenYet_isAskedItself() {
    store();

    assertThat(gateway.fetch(conditional()).why()).isEqualTo(Forward.REQUEST);
    assertThat(gateway.outcome(TestRequest.get("/things/1"))).isEqualTo("x");
    assertThat(gateway.cache.conditionTrial(TestRequest.get("/things/1"))).isNull();
  }

  @Test
  void decide_resourceThatEvaluates_isNotModified() {
    store();
    applicationAnswers(304, "ETag", "\"1\"");

    assertThat(gateway.serve(conditional()).content()).isEqualTo(Content.NOT_MODIFIED);
  }

  @Test
  void decide_resourceThatDoesNot_isWhole() {
    store();
    applicationAnswers(200, TAGGED);

    assertThat(gateway.serve(conditional()).content()).isEqualTo(Content.WHOLE);
  }

  /** Another representation: the condition failed, if it was looked at. */
  @Test
  void decide_answerThatTellsNothing_isAskedAgain() {
    store();
    applicationAnswers(200, "ETag", "\"2\"");
    applicationAnswers(503);

    assertThat(gateway.fetch(conditional()).why()).isEqualTo(Forward.REQUEST);
  }

  @Test
  void decide_endpointsIdentifiers_areOneEndpoint() {
    store();
    applicationAnswers(200, TAGGED);
    gateway.answer(TestRequest.get("/things/2"), "y", TAGGED);
    TestRequest other = TestRequest.get("/things/2").field("If-None-Match", "\"1\"");

    assertThat(gateway.serve(other).content()).isEqualTo(Content.WHOLE);
  }
}
