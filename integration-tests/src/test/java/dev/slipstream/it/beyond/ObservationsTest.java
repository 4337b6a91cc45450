package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the MXBean says that the cache would have done, where it only observes. */
final class ObservationsTest extends BeyondTest {
  private static final String PUBLIC = "Cache-Control: public, max-age=3600";

  private long observed(Setup setup, Resource resource, String what) throws Exception {
    return Stream.of((CompositeData[]) management(setup).get("type=HttpCache", "Observations"))
        .filter(observation -> observation.get("endpoint").equals("GET " + resource.path()))
        .mapToLong(observation -> (Long) observation.get(what))
        .findFirst()
        .orElse(0);
  }

  /** Asks until it would have been a hit; what is not yet stored would not. */
  private void awaitHit(Setup setup, Resource resource, String... fields) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              send(setup, "GET", resource.path(), fields);
              return observed(setup, resource, "wouldHit") > 0;
            });
  }

  private void awaitObserved(Setup setup, Resource resource, int requests) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> observed(setup, resource, "requests") == requests);
  }

  @ParameterizedTest
  @EnumSource(names = {"OBSERVING", "SERVING"})
  void sameBody_wouldHit(Setup setup) throws Exception {
    Resource resource = resource("observed").answers(request -> Reply.ok("x".repeat(700), PUBLIC));
    awaitHit(setup, resource);
    awaitObserved(setup, resource, resource.requests());

    long hits = observed(setup, resource, "wouldHit");
    assertThat(hits).isBetween(1L, resource.requests() - 1L);
    assertThat(observed(setup, resource, "savedBytes")).isEqualTo(700 * hits);
    assertThat(observed(setup, resource, "wouldBeStale")).isZero();
    assertThat(observed(setup, resource, "wouldHaveLeaked")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OBSERVING", "SERVING"})
  void changedBody_wouldBeStale(Setup setup) throws Exception {
    AtomicReference<String> body = new AtomicReference<>("before");
    Resource resource = resource("observed").answers(request -> Reply.ok(body.get(), PUBLIC));
    awaitHit(setup, resource);
    body.set("after!");
    send(setup, "GET", resource.path());
    awaitObserved(setup, resource, resource.requests());

    assertThat(observed(setup, resource, "wouldBeStale")).isOne();
    assertThat(observed(setup, resource, "wouldHaveLeaked")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OBSERVING", "SERVING"})
  void answerOfAnotherIdentity_wouldHaveLeaked(Setup setup) throws Exception {
    Resource resource =
        resource("observed")
            .answers(request -> Reply.ok("for " + request.values("Authorization"), PUBLIC));
    awaitHit(setup, resource, "Authorization: Bearer alice");
    assertThat(observed(setup, resource, "wouldHaveLeaked")).isZero();

    send(setup, "GET", resource.path(), "Authorization: Bearer mallory");
    awaitObserved(setup, resource, resource.requests());

    assertThat(observed(setup, resource, "wouldHaveLeaked")).isOne();
    assertThat(observed(setup, resource, "wouldBeStale")).isZero();
  }

  /** The same to all, as it says: no leak. */
  @ParameterizedTest
  @EnumSource(names = {"OBSERVING", "SERVING"})
  void sameAnswerForAnotherIdentity_wouldHaveLeakedNothing(Setup setup) throws Exception {
    Resource resource = resource("observed").answers(request -> Reply.ok("for all", PUBLIC));
    awaitHit(setup, resource, "Authorization: Bearer alice");
    send(setup, "GET", resource.path(), "Authorization: Bearer mallory");
    awaitObserved(setup, resource, resource.requests());

    assertThat(observed(setup, resource, "wouldHaveLeaked")).isZero();
    assertThat(observed(setup, resource, "wouldBeStale")).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"OBSERVING", "SERVING"})
  void answersThatAreNotStored_wouldNotHit(Setup setup) throws Exception {
    Resource resource =
        resource("observed").answers(request -> Reply.ok("mine", "Cache-Control: private"));
    for (int i = 0; i < 3; i++) {
      send(setup, "GET", resource.path());
    }
    awaitObserved(setup, resource, 3);

    assertThat(observed(setup, resource, "wouldHit")).isZero();
    assertThat(observed(setup, resource, "savedBytes")).isZero();
  }

  @Test
  void whatIsServed_isNotObserved() throws Exception {
    Resource resource = resource("plain").answers(request -> Reply.ok("served", PUBLIC));
    awaitStored(resource);

    assertThat(observed(Setup.SERVING, resource, "requests")).isZero();
  }

  @Test
  void observed_countsNoHit() throws Exception {
    Resource resource = resource("observed").answers(request -> Reply.ok("observed", PUBLIC));
    awaitHit(Setup.OBSERVING, resource);

    assertThat(management(Setup.OBSERVING).number("type=HttpCache", "Hits")).isZero();
  }
}
