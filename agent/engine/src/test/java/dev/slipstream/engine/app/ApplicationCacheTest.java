package dev.slipstream.engine.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.redis.SharedRedis;
import dev.slipstream.engine.redis.Written;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The caches of an application in L1 and L2. */
class ApplicationCacheTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path directory;
  private static SharedRedis redis;
  private static Coherence process;
  private static Coherence otherProcess;

  /** Of each test its own: what was just removed from Redis may not be written at once. */
  private final String name = "users" + NUMBER.incrementAndGet();

  private final ApplicationKeys keys = new ApplicationKeys("apigw");
  private final Counters counters = new Counters();
  private int inTime;

  /** Where a value is looked for. */
  enum Place {
    /** In the process that stored it, which has no L2. */
    L1,
    /** In another process. */
    L2,
    /** In the process that stored it, which has L2. */
    BOTH
  }

  @BeforeAll
  static void startRedis() {
    redis = SharedRedis.start(directory);
    process = redis.connect();
    otherProcess = redis.connect();
  }

  @AfterAll
  static void stopRedis() {
    process.close();
    otherProcess.close();
    redis.close();
  }

  private ApplicationCache alone() {
    return cache(new Coherence(null, CLOCK, System::nanoTime));
  }

  private ApplicationCache sharing() {
    return cache(process);
  }

  private ApplicationCache elsewhere() {
    return cache(otherProcess);
  }

  private ApplicationCache cache(Coherence coherence) {
    MemoryTier memory = MemoryTier.counting(100, Duration.ofMinutes(1), CLOCK);
    TieredCache cache =
        new TieredCache(
            memory,
            new ApplicationEntryCodec(FrameCodec.of(TestSettings.with().cache())),
            coherence,
            CLOCK,
            keys::resourceOf);
    return new ApplicationCache(
        cache,
        new Json(getClass().getClassLoader()),
        new Loads(cache, new Places(100), 5_000),
        counters,
        Duration.ofHours(1),
        CLOCK);
  }

  private Invalidation tagged() {
    return Invalidation.of(List.of(name), List.of());
  }

  private String key(int number) {
    return "apigw:" + name + ":user:" + number;
  }

  private static ApplicationCache.Terms terms(@Nullable Type type, String... tags) {
    return new ApplicationCache.Terms(type, 600_000L, List.of(tags));
  }

  static List<Arguments> simpleValues() {
    return List.of(
        Arguments.of("text, \u00e9, \ud83d\ude00 and \u0000"),
        Arguments.of(""),
        Arguments.of(Integer.MIN_VALUE),
        Arguments.of(Long.MAX_VALUE),
        Arguments.of(Double.NaN),
        Arguments.of(-0.0),
        Arguments.of(1.5f),
        Arguments.of((short) 7),
        Arguments.of((byte) -1),
        Arguments.of('\u00e9'),
        Arguments.of(true));
  }

  @ParameterizedTest
  @MethodSource("simpleValues")
  void get_simpleValueOfNoType_isTheSameEverywhere(Object value) {
    for (Place place : Place.values()) {
      assertThat(stored(place, value, null)).as(place.toString()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void get_bytes_areTheSameEverywhere(Place place) {
    assertThat((byte[]) stored(place, new byte[] {1, 2, -3}, byte[].class))
        .containsExactly(1, 2, -3);
  }

  private @Nullable Object stored(Place place, Object value, @Nullable Type type) {
    ApplicationCache here = place == Place.L1 ? alone() : sharing();
    here.set(key(1), value, terms(type));
    if (place != Place.L2) {
      Object found = here.get(key(1), type);
      assertThat(found).as("by reference").isSameAs(value);
      return found;
    }
    ApplicationCache there = elsewhere();
    await().until(() -> there.get(key(1), type) != null);
    assertThat(there.get(key(1), type)).as("read once").isSameAs(there.get(key(1), type));
    return there.get(key(1), type);
  }

  @Test
  void get_valueThatIsNoBytes_staysInTheProcess() {
    ApplicationCache here = sharing();
    Object value = new Object();
    here.set(key(1), "old", terms(null));
    await().until(() -> elsewhere().get(key(1), null) != null);

    here.set(key(1), value, terms(null));

    assertThat(here.get(key(1), null)).isSameAs(value);
    await().until(() -> elsewhere().get(key(1), null) == null);
    assertThat(counters.keptLocal.sum()).isEqualTo(1);
  }

  @Test
  void get_valueOfAnotherType_isAMiss() {
    ApplicationCache here = alone();
    here.set(key(1), "text", terms(null));
    assertThat(here.get(key(1), Integer.class)).isNull();
    assertThat(here.get(key(1), String.class)).isEqualTo("text");
  }

  @Test
  void delete_removesHereAtOnceAndElsewhereSoon() {
    ApplicationCache here = sharing();
    here.set(key(1), "text", terms(null));
    await().until(() -> elsewhere().get(key(1), null) != null);

    here.delete(key(1));

    assertThat(here.get(key(1), null)).isNull();
    await().until(() -> elsewhere().get(key(1), null) == null);
  }

  @Test
  void setAndDelete_areHeardOfElsewhere() {
    ApplicationCache here = sharing();
    ApplicationCache there = elsewhere();
    ApplicationCache besideIt = sharing();
    here.set(key(1), "first", terms(null));
    await().until(() -> "first".equals(there.get(key(1), null)));
    assertThat(besideIt.get(key(1), null)).isEqualTo("first");

    here.set(key(1), "second", terms(null));
    assertThat(here.get(key(1), null)).isEqualTo("second");
    assertThat(besideIt.get(key(1), null)).as("in the same process").isNotEqualTo("first");
    await().until(() -> "second".equals(there.get(key(1), null)));

    here.delete(key(1));
    await().until(() -> there.get(key(1), null) == null);
    assertThat(besideIt.get(key(1), null)).isNull();
  }

  @Test
  void loaded_thenAnotherCaller_getsTheValue() {
    ApplicationCache here = alone();
    ApplicationCache.Loading loading = (ApplicationCache.Loading) here.load(key(1), terms(null));
    Object value = new Object();
    here.loaded(key(1), loading.load(), value, terms(null));
    assertThat(here.getInMemory(key(1), null)).isSameAs(value);
    assertThat(here.load(key(1), terms(null))).isEqualTo(new ApplicationCache.Found(value));
    assertThat(here.loadsUnderWay()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void load_thatBeganBeforeTheKeyWasChanged_isNotStored(Place place) {
    ApplicationCache here = place == Place.L1 ? alone() : sharing();
    ApplicationCache.Loading first = (ApplicationCache.Loading) here.load(key(1), terms(null));
    here.set(key(1), "new", terms(null));
    here.loaded(key(1), first.load(), "old", terms(null));
    assertThat(here.get(key(1), null)).isEqualTo("new");

    here.delete(key(1));
    ApplicationCache.Loading second = (ApplicationCache.Loading) here.load(key(1), terms(null));
    here.delete(key(1));
    here.loaded(key(1), second.load(), "old", terms(null));
    assertThat(here.get(key(1), null)).isNull();
  }

  @Test
  void load_thatBeganBeforeAnInvalidation_isNeitherStoredNorWaitedFor() {
    ApplicationCache here = alone();
    ApplicationCache.Loading before =
        (ApplicationCache.Loading) here.load(key(1), terms(null, name));

    long removed =
        here.invalidate(tagged(), (task, otherwise) -> task.run(), Runnable::run, count -> {});
    assertThat(removed).isZero();

    ApplicationCache.Begun after = here.begin(key(1), terms(null, name), null);
    assertThat(after).isInstanceOf(ApplicationCache.Loading.class);
    here.loaded(key(1), before.load(), "old", terms(null, name));
    assertThat(here.get(key(1), null)).isNull();
    here.loaded(key(1), ((ApplicationCache.Loading) after).load(), "new", terms(null, name));
    assertThat(here.get(key(1), null)).isEqualTo("new");
  }

  @Test
  void load_ofTheSameKeyWithinALoad_goesOnByItself() {
    ApplicationCache here = alone();
    ApplicationCache.Loading outer = (ApplicationCache.Loading) here.load(key(1), terms(null));
    ApplicationCache.Loading inner = (ApplicationCache.Loading) here.load(key(1), terms(null));
    assertThat(inner.load()).isNull();
    here.loaded(key(1), inner.load(), "inner", terms(null));
    here.loaded(key(1), outer.load(), "outer", terms(null));
    assertThat(here.get(key(1), null)).isEqualTo("outer");
  }

  @Test
  void failedAndNull_areNotStored() {
    ApplicationCache here = alone();
    ApplicationCache.Loading failing = (ApplicationCache.Loading) here.load(key(1), terms(null));
    here.failed(failing.load(), new IllegalStateException("the backend"));
    assertThat(here.get(key(1), null)).isNull();
    ApplicationCache.Loading nothing = (ApplicationCache.Loading) here.load(key(1), terms(null));
    here.loaded(key(1), nothing.load(), null, terms(null));
    assertThat(here.get(key(1), null)).isNull();
    assertThat(here.loadsUnderWay()).isZero();
    assertThat(counters.failedLoads.sum()).isEqualTo(1);
  }

  @Test
  void set_withNoTimeToLiveOrTagsThatDoNotFit_leavesNothing() {
    ApplicationCache here = alone();
    here.set(key(1), "first", terms(null));
    here.set(key(1), "second", new ApplicationCache.Terms(null, 0L, List.of()));
    assertThat(here.get(key(1), null)).isNull();
    here.set(key(1), "third", terms(null, ""));
    assertThat(here.get(key(1), null)).isNull();
    assertThat(counters.refused.sum()).isEqualTo(1);
  }

  @Test
  void entries_areBoundedInNumber() {
    ApplicationCache here = alone();
    for (int i = 0; i < 1_000; i++) {
      here.set(key(i), "value", terms(null));
    }
    assertThat(here.entries()).isEqualTo(100);
    assertThat(here.evictions()).isEqualTo(900);
  }

  @Test
  void invalidate_byTagAndPattern_removesInBothTiers() {
    ApplicationCache here = sharing();
    here.set(key(1), "tagged", terms(null, name));
    here.set(key(2), "matched", terms(null));
    here.set("apigw:other:user:3", "other", terms(null));
    ApplicationCache there = elsewhere();
    await().until(() -> there.get("apigw:other:user:3", null) != null);

    Invalidation what = Invalidation.of(List.of(name), List.of("apigw:" + name + ":user:*"));
    AtomicLong removed = new AtomicLong();
    assertThat(here.invalidate(what, (task, otherwise) -> task.run(), Runnable::run, removed::set))
        .isEqualTo(2);

    assertThat(removed).hasValue(2);
    assertThat(here.get(key(1), null)).isNull();
    assertThat(there.get(key(1), null)).isNull();
    assertThat(there.get(key(2), null)).isNull();
    assertThat(here.get("apigw:other:user:3", null)).isEqualTo("other");
  }

  @Test
  void invalidate_thatNobodyHasRoomFor_isJoinedAndNeedsNothingOfTheCaller() {
    ApplicationCache here = sharing();
    ApplicationCache there = elsewhere();
    here.set(key(1), "tagged", terms(null, name));
    await().until(() -> there.get(key(1), null) != null);
    List<Runnable> joined = new ArrayList<>();
    AtomicLong removed = new AtomicLong(-1);

    here.invalidate(tagged(), (task, otherwise) -> otherwise.run(), joined::add, removed::set);
    here.invalidate(tagged(), (task, otherwise) -> otherwise.run(), joined::add, removed::set);

    assertThat(removed).as("not known").hasValue(0);
    assertThat(joined).as("one for both").hasSize(1);
    assertThat(here.get(key(1), null)).as("until Redis has heard of it").isNull();
    assertThat(there.get(key(1), null)).isEqualTo("tagged");
    joined.remove(0).run();
    assertThat(joined).isEmpty();
    await().until(() -> there.get(key(1), null) == null);
    assertThat(here.get(key(1), null)).isNull();
  }

  @Test
  void await_whatWasWritten_isInRedisOnReturn() {
    ApplicationCache here = sharing();
    for (int i = 0; i < 20; i++) {
      String key = key(i);
      awaited(here, here.set(key, "set", terms(null)));
      awaitElsewhere(key, "set");
      awaited(here, here.delete(key));
      awaitElsewhere(key, null);

      String other = key(100 + i);
      ApplicationCache.Loading loading = (ApplicationCache.Loading) here.load(other, terms(null));
      awaited(here, here.loaded(other, loading.load(), "loaded", terms(null), true));
      awaitElsewhere(other, "loaded");
    }
    assertThat(inTime).as("of 60 within the budget").isGreaterThan(10);
  }

  /** A look-up is a miss where what is announced comes between. */
  private void awaitElsewhere(String key, @Nullable String value) {
    await().until(() -> Objects.equals(elsewhere().get(key, null), value));
  }

  /** The budget may be over on a busy machine: the write goes on. */
  private void awaited(ApplicationCache cache, Written written) {
    if (cache.await(written)) {
      inTime++;
    } else {
      await().until(() -> cache.await(written));
    }
  }

  @Test
  void await_withoutRedis_isOverAtOnce() {
    ApplicationCache here = alone();
    assertThat(here.await(here.set(key(1), "set", terms(null)))).isFalse();
    assertThat(here.get(key(1), null)).isEqualTo("set");
  }
}
