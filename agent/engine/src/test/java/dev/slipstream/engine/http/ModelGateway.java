package dev.slipstream.engine.http;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.http.CacheModel.Occasion;
import dev.slipstream.engine.http.CacheModel.Statement;
import dev.slipstream.engine.http.ModelOrigin.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache on L1, the model's origin behind it, and requests in between, carried out as an adapter
 * does; each answer is held against the model.
 */
final class ModelGateway {
  private static final Set<String> CLIENTS_OWN =
      Set.of("if-none-match", "if-modified-since", "if-range", "range");

  final MutableClock clock = new MutableClock();
  final TieredCache tiers;
  final HttpCache cache;
  final ModelOrigin origin;
  final CacheModel model = new CacheModel();
  final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private final Random random;
  private final List<Runnable> underWay = new ArrayList<>();
  private List<ModelRule> rules = List.of();
  private int logins;

  /** What the statistics, and the test itself, count. */
  enum Event {
    DECISION,
    HIT,
    STALE_HIT,
    MISS,
    BYPASS,
    FILL,
    CONFIRMED_FILL,
    VALIDATION,
    STALE_ANSWER,
    REFRESH,
    NOT_MODIFIED,
    PART,
    BEYOND,
    FRESHENED_BY_HEAD,
    UNAVAILABLE
  }

  ModelGateway(Random random) {
    this.random = random;
    Settings settings = TestSettings.with("coalescing_wait=0");
    MemoryTier memory = new MemoryTier(64 << 20, Duration.ofDays(365), clock);
    tiers =
        HttpCache.tiers(
            settings,
            memory,
            FrameCodec.of(settings.cache()),
            new Coherence(null, clock, System::nanoTime),
            clock);
    cache = new HttpCache(settings, tiers, clock, Runnable::run);
    origin = new ModelOrigin(random, clock.millis());
  }

  int count(Event event) {
    return events.getOrDefault(event, 0);
  }

  private void note(Event event) {
    events.merge(event, 1, Integer::sum);
  }

  /** Ends what is under way; all of it, or one. */
  void end(boolean all) {
    while (!underWay.isEmpty()) {
      underWay.remove(random.nextInt(underWay.size())).run();
      if (!all) {
        return;
      }
    }
  }

  void changeRules() {
    rules = ModelRule.SETS.get(random.nextInt(ModelRule.SETS.size()));
    cache.useRules(ModelRule.parsed(rules));
  }

  void invalidateSome() {
    switch (random.nextInt(10)) {
      case 0 -> {
        tiers.invalidate(Invalidation.EVERYTHING);
        model.invalidate("a flush", said -> true);
      }
      case 1, 2, 3 -> {
        String path = "/" + "abc".charAt(random.nextInt(3)) + "/" + (1 + random.nextInt(2));
        tiers.invalidate(Invalidation.of(Set.of(), List.of("GET:" + path + ":*")));
        model.invalidate("a pattern", said -> said.asked.sent().path().equals(path));
      }
      default -> {
        String tag = random.nextInt(4) == 0 ? "c" : "t" + random.nextInt(4);
        tiers.invalidate(Invalidation.of(Set.of(tag), Set.of()));
        model.invalidate("tag " + tag, said -> said.tags.contains(tag));
      }
    }
  }

  /** A request comes; its answer may take until later. */
  void request() {
    ModelRequest request = ModelRequest.any(random, origin, clock.millis(), rules);
    Decision decision = cache.decide(request.sent());
    note(Event.DECISION);
    if (decision instanceof Decision.Serve serve) {
      Decision.Fetch refresh = serve.refresh();
      if (refresh != null && random.nextInt(5) == 0) {
        cache.counters().fetchedAfterAll(); // cannot be refreshed behind the client
        note(Event.MISS);
        fetch(request, refresh);
        return;
      }
      note(Event.HIT);
      Statement said = served(request, serve, Occasion.FOUND);
      long staleness = said.initialAgeMillis + clock.millis() - said.atMillis - said.lifetimeMillis;
      if (staleness >= 0) {
        note(Event.STALE_HIT);
      }
      if (refresh != null) {
        refresh(request, refresh);
      }
    } else if (decision instanceof Decision.Fetch fetch) {
      note(fetch.why().isBypass() ? Event.BYPASS : Event.MISS);
      fetch(request, fetch);
    } else if (decision instanceof Decision.Pass) {
      require(!request.onlyIfCached(), "the application is asked in spite of only-if-cached");
      note(Event.MISS); // nobody looks at the answer
    } else if (decision instanceof Decision.Bypass) {
      note(Event.BYPASS);
      change(request);
    } else {
      require(request.onlyIfCached(), "504 without only-if-cached");
      note(Event.UNAVAILABLE);
      note(Event.MISS);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }

  /** POST, PUT and DELETE: they change what they are sent to, and what the answer names. */
  private void change(ModelRequest request) {
    UnsafeRequest unsafe = Objects.requireNonNull(cache.unsafe(request.sent()));
    int status = new int[] {200, 204, 303, 404, 500}[random.nextInt(5)];
    String other = ModelOrigin.TARGETS[random.nextInt(ModelOrigin.TARGETS.length)];
    String location = random.nextInt(3) > 0 ? null : relative(other);
    boolean succeeded = status < 400;
    if (succeeded) {
      origin.change(request.target(), clock.millis());
      List<ModelRule> inForce = rules;
      model.invalidate(request.method() + " of it", said -> isOf(said, request.target(), inForce));
      if (location != null) {
        model.invalidate(request.method() + " that names it", said -> isOf(said, other, inForce));
      }
      ModelRule changed =
          rules.stream()
              .filter(rule -> rule.changedBy().equals(request.sent().path()))
              .findFirst()
              .orElse(null);
      if (changed != null && request.method().equals("POST")) {
        model.invalidate("its rule", said -> said.tags.contains("rule:" + changed.name()));
      }
    }
    boolean content = random.nextBoolean();
    unsafe.answered(status, content ? null : location, content ? location : null);
  }

  /** Keys are those of the rules in force: what others have stored stays where it is. */
  private static boolean isOf(Statement said, String target, List<ModelRule> inForce) {
    return said.asked.target().equals(target)
        && Objects.equals(said.asked.rule(), ModelRule.match(inForce, said.asked.sent().path()));
  }

  private String relative(String target) {
    return random.nextBoolean() ? target : "https://API.example.org" + target;
  }

  private void refresh(ModelRequest request, Decision.Fetch fetch) {
    if (!cache.refreshes().begin(fetch)) {
      return;
    }
    note(Event.REFRESH);
    Fields client = request.sent().fields().without(CLIENTS_OWN::contains);
    Exchange exchange = new Exchange(request, fetch, client, true);
    later(
        () -> {
          exchange.end();
          cache.refreshes().end(fetch);
        });
  }

  private void fetch(ModelRequest request, Decision.Fetch fetch) {
    later(new Exchange(request, fetch, request.sent().fields(), false)::end);
  }

  private void later(Runnable end) {
    if (random.nextInt(4) == 0 && underWay.size() < 20) {
      underWay.add(end);
    } else {
      end.run();
    }
  }

  /** A request that the application answers. */
  private final class Exchange {
    private final ModelRequest request;
    private final Decision.Fetch fetch;
    private final boolean background;
    private final @Nullable Fill fill;
    private final Answer answer;
    private final long begunMillis = clock.millis();
    private final int begunAt = model.position();
    private final boolean identified;

    Exchange(ModelRequest request, Decision.Fetch fetch, Fields client, boolean background) {
      this.request = request;
      this.fetch = fetch;
      this.background = background;
      this.fill = fetch.store() ? cache.fill(fetch) : null;
      Validation validation = fetch.validation();
      Fields asked = client;
      if (validation != null && validation.conditions().size() > 0) {
        asked =
            client
                .without(name -> name.equals("if-none-match") || name.equals("if-modified-since"))
                .replacedBy(validation.conditions());
      }
      this.answer =
          origin.answer(request.method(), request.target(), request.identity(), asked, begunMillis);
      this.identified = random.nextInt(15) == 0;
      if (fill != null) {
        note(Event.FILL);
      }
    }

    void end() {
      int failure = random.nextInt(30) == 0 ? 0 : answer.status();
      if (fetch.validation() != null && isReplaced(fetch.validation(), failure)) {
        return;
      }
      if (failure == 0 || (background && failure >= 500 && random.nextBoolean())) {
        if (fill != null) {
          fill.abandon(Refusal.FAILED);
        }
        return;
      }
      ResponseHead head = ResponseHead.of(answer.status(), Fields.EMPTY, answer.fields());
      if (fill != null) {
        ReadSet reads = reads();
        Statement said = statement(answer.representation(), answer.status());
        if (answer.status() != 304) {
          model.said(said, begunAt);
        }
        fill.begin(head);
        fill.append(answer.body(), 0, answer.body().length);
        fill.complete(head, reads, answer.tags());
      } else if (request.method().equals("HEAD")) {
        answeredHead(head);
      }
    }

    private Statement statement(ModelOrigin.Representation of, int status) {
      String identity = request.identity();
      if (identified
          && fill != null
          && answer.status() != 304
          && identity.equals(ModelRequest.NOBODY)) {
        identity = "login " + ++logins;
      }
      return new Statement(answer, of, request, identity, status, begunMillis, clock.millis());
    }

    private ReadSet reads() {
      ReadSet reads = new ReadSet();
      if (identified) {
        reads.identified();
      }
      if (answer.readsLanguage()) {
        reads.field("accept-Language");
      }
      return reads;
    }

    private boolean isReplaced(Validation validation, int failure) {
      ResponseHead head = ResponseHead.of(answer.status(), Fields.EMPTY, answer.fields());
      if (failure != 0 && validation.isConfirmedBy(failure)) {
        return isConfirmed(validation, head);
      }
      if (background) {
        return false;
      }
      Decision.Serve serve = cache.insteadOfError(fetch, failure);
      if (serve == null) {
        return false;
      }
      require(failure == 0 || failure >= 500, "in place of " + failure);
      boolean unreachable = failure == 0 || (failure >= 502 && failure <= 504);
      served(request, serve, unreachable ? Occasion.UNREACHABLE : Occasion.ERROR);
      note(Event.STALE_ANSWER);
      if (fill != null) {
        fill.close();
      }
      return true;
    }

    private boolean isConfirmed(Validation validation, ResponseHead head) {
      ModelOrigin.Representation stored = origin.made(validation.stored().fields().first("X-Body"));
      boolean right = stored.id().equals(answer.representation().id());
      Statement said = statement(stored, validation.stored().status());
      if (right) {
        model.said(said, begunAt);
      }
      Decision.Serve serve = cache.confirmed(fetch, fill, head, new ReadSet());
      if (serve == null) {
        require(!right, "a 304 for what is stored, and another was thought of: " + said);
        return false;
      }
      require(right, "confirmed " + stored + " by a 304 of " + answer.representation());
      note(Event.VALIDATION);
      if (!background) {
        served(request, serve, Occasion.CONFIRMED);
      }
      if (fill != null) {
        note(Event.CONFIRMED_FILL);
      }
      return true;
    }

    private void answeredHead(ResponseHead head) {
      Validation validation = fetch.validation();
      if (validation != null && head.status() == 200) {
        ModelOrigin.Representation stored =
            origin.made(validation.stored().fields().first("X-Body"));
        ModelOrigin.Representation told = answer.representation();
        boolean agree =
            (told.etag() == null || told.etag().equals(stored.etag()))
                && (told.modifiedMillis() == 0 || told.modifiedMillis() == stored.modifiedMillis())
                && told.body().length == stored.body().length;
        if (agree) {
          note(Event.FRESHENED_BY_HEAD);
          model.said(statement(stored, validation.stored().status()), begunAt);
        }
      }
      cache.answeredHead(fetch, head, new ReadSet());
    }
  }

  /** Holds a stored answer against the model. */
  private Statement served(ModelRequest request, Decision.Serve serve, Occasion occasion) {
    ModelOrigin.Representation of = origin.made(serve.response().fields().first("X-Body"));
    Statement said = model.allowing(request, serve, of, occasion, clock.millis());
    Event kind = ModelPayload.check(request, serve, of, said, occasion);
    if (kind != null) {
      note(kind);
    }
    return said;
  }
}
