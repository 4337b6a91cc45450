package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.ParsedRules;
import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A cache on L1 alone, its clock, and an application that answers as a test says. */
final class TestGateway {
  final MutableClock clock = new MutableClock();
  final TieredCache tiers;
  final HttpCache cache;

  TestGateway(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.stream().noneMatch(argument -> argument.startsWith("coalescing_wait="))) {
      all.add("coalescing_wait=0"); // one thread asks: it would wait for itself
    }
    Settings settings = TestSettings.with(all.toArray(String[]::new));
    MemoryTier memory = new MemoryTier(16 << 20, Duration.ofDays(365), clock);
    tiers =
        HttpCache.tiers(
            settings,
            memory,
            FrameCodec.of(settings.cache()),
            new Coherence(null, clock, System::nanoTime),
            clock);
    cache = new HttpCache(settings, tiers, clock, Runnable::run);
  }

  /** Drops what is stored and what is being filled. */
  long flush() {
    return tiers.invalidate(Invalidation.EVERYTHING).entries();
  }

  /** Takes one rule, in YAML's flow style without its name. */
  TestGateway withRule(String rule) {
    cache.useRules(new RuleSet(List.of(rule(rule))));
    return this;
  }

  /** One rule, in YAML's flow style without its name. */
  static CacheRule rule(String rule) {
    ParsedRules parsed = RulesFile.parse("test", "rules: [{name: test, " + rule + "}]");
    assertThat(parsed.problems()).isEmpty();
    return parsed.rules().rules().get(0);
  }

  /** What an application answers with. */
  static ResponseHead head(int status, String... fields) {
    return ResponseHead.of(status, Fields.EMPTY, Fields.of(fields));
  }

  Decision decide(TestRequest request) {
    return cache.decide(request);
  }

  /** Decides on a request that the application has to answer. */
  Decision.Fetch fetch(TestRequest request) {
    return (Decision.Fetch) decide(request);
  }

  /** Decides on a request that the cache has to answer. */
  Decision.Serve serve(TestRequest request) {
    return (Decision.Serve) decide(request);
  }

  /** Begins the copy of an answer. */
  Fill fill(TestRequest request) {
    return cache.fill(fetch(request));
  }

  /** Lets the application answer a request with 200, a body and fields. */
  void answer(TestRequest request, String body, String... fields) {
    complete(fill(request), 200, body, fields);
  }

  /** Ends an answer that was begun: with a status, a body and fields. */
  static void complete(Fill fill, int status, String body, String... fields) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ResponseHead head = head(status, fields);
    fill.begin(head);
    fill.append(bytes, 0, bytes.length);
    end(fill, head);
  }

  /** Ends an answer of an application that has not asked who is asking. */
  static void end(Fill fill, ResponseHead head) {
    fill.complete(head, new ReadSet(), List.of());
  }

  /** Ends an answer of an application that has asked, and been told. */
  static void endIdentified(Fill fill, ResponseHead head) {
    ReadSet reads = new ReadSet();
    reads.identified();
    fill.complete(head, reads, List.of());
  }

  /** What the cache answers, or "fetch", "bypass" or "unavailable". */
  String outcome(TestRequest request) {
    Decision decision = decide(request);
    if (decision instanceof Decision.Serve serve) {
      return body(serve);
    }
    if (decision instanceof Decision.Unavailable) {
      return "unavailable";
    }
    return decision instanceof Decision.Fetch ? "fetch" : "bypass";
  }

  static String body(Decision.Serve serve) {
    return new String(serve.response().body(), StandardCharsets.UTF_8);
  }

  long refusals(Refusal why) {
    return cache.counters().refusals(why);
  }

  /** Answers that were not stored, for whatever reason. */
  long allRefusals() {
    long all = 0;
    for (Refusal why : Refusal.values()) {
      all += refusals(why);
    }
    return all;
  }
}
