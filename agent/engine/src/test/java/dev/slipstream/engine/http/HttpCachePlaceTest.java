package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a filter answered is that filter's alone. */
class HttpCachePlaceTest {
  private static final String FRONT = "com.example.Front";

  private final TestGateway gateway = new TestGateway();

  private static TestRequest at(String place) {
    return TestRequest.get("/a").place(place);
  }

  @Test
  void decide_atAnotherPlace_isAMiss() {
    gateway.answer(at(FRONT), "front", "Cache-Control", "max-age=60");

    assertThat(gateway.outcome(at(FRONT))).isEqualTo("front");
    assertThat(gateway.outcome(at(""))).isEqualTo("fetch");
    assertThat(gateway.outcome(at("com.example.Other"))).isEqualTo("fetch");
  }

  @Test
  void decide_twoPlacesOfOneUrl_bothAreStored() {
    gateway.answer(at(FRONT), "front", "Cache-Control", "max-age=60");
    gateway.answer(at(""), "servlet", "Cache-Control", "max-age=60");

    assertThat(gateway.outcome(at(FRONT))).isEqualTo("front");
    assertThat(gateway.outcome(at(""))).isEqualTo("servlet");
  }

  /** RFC 9111 §4.4: of a URL, wherever in the application it is answered. */
  @Test
  void unsafe_anywhere_dropsAllPlaces() {
    gateway.answer(at(FRONT), "front", "Cache-Control", "max-age=3600");
    gateway.answer(at(""), "servlet", "Cache-Control", "max-age=3600");

    gateway.cache.unsafe(TestRequest.of("PUT", "/a")).answered(204, null, null);
    gateway.clock.advance(java.time.Duration.ofMinutes(10)); // nothing is remembered of it any more

    assertThat(gateway.outcome(at(FRONT))).isEqualTo("fetch");
    assertThat(gateway.outcome(at(""))).isEqualTo("fetch");
  }

  @Test
  void purge_anywhere_dropsAllPlaces() {
    gateway.answer(at(FRONT), "front", "Cache-Control", "max-age=60");

    assertThat(gateway.cache.purge(TestRequest.of("PURGE", "/a"), false)).isEqualTo(1);
    assertThat(gateway.outcome(at(FRONT))).isEqualTo("fetch");
  }

  @Test
  void decideTentatively_countsNothingUntilTaken() {
    Decision decision = gateway.cache.decideTentatively(at(FRONT));
    assertThat(gateway.cache.counters().misses()).isZero();

    gateway.cache.took(at(FRONT), decision);
    assertThat(gateway.cache.counters().misses()).isOne();
  }

  /** Whoever waits for it asks on its own, and nothing is counted as refused. */
  @Test
  void handOn_endsACopyWithoutAWord() {
    Fill fill = gateway.cache.fill((Decision.Fetch) gateway.cache.decideTentatively(at(FRONT)));
    fill.handOn();
    TestGateway.complete(fill, 200, "late", "Cache-Control", "max-age=60");

    assertThat(fill.isOpen()).isFalse();
    assertThat(gateway.outcome(at(FRONT))).isEqualTo("fetch");
  }

  @Test
  void fill_fieldThatAFilterAskedFor_chooses() {
    TestRequest bot = at(FRONT).field("User-Agent", "bot");
    ReadSet reads = new ReadSet(true);
    reads.field("User-Agent");
    complete(bot, reads);

    assertThat(gateway.outcome(at(FRONT).field("User-Agent", "bot"))).isEqualTo("x");
    assertThat(gateway.outcome(at(FRONT).field("User-Agent", "other"))).isEqualTo("fetch");
    assertThat(gateway.outcome(at(FRONT))).isEqualTo("fetch");
  }

  @Test
  void fill_afterALookAtTheAddress_isNotStored() {
    ReadSet reads = new ReadSet(true);
    reads.addressed();
    complete(at(FRONT), reads);

    assertThat(gateway.outcome(at(FRONT))).isEqualTo("fetch");
  }

  /** A proxy passes the address on, as it does the fields. */
  @Test
  void fill_afterALookAtEverything_isStored() {
    ReadSet reads = new ReadSet(true);
    reads.addressed();
    reads.enumerated();
    complete(at(FRONT), reads);

    assertThat(gateway.outcome(at(FRONT))).isEqualTo("x");
  }

  private void complete(TestRequest request, ReadSet reads) {
    Fill fill = gateway.fill(request);
    ResponseHead head = TestGateway.head(200, "Cache-Control", "max-age=60");
    fill.begin(head);
    fill.append((byte) 'x');
    fill.complete(head, reads, List.of());
  }
}
