package dev.slipstream.engine.redis;

import static org.awaitility.Awaitility.await;

import dev.slipstream.config.CompressionType;
import dev.slipstream.config.RedisUrl;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.EntryCodec;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One gateway's cache over a Redis that it shares with others; its entries are texts. */
final class Node implements AutoCloseable {
  final RedisTier tier;
  final TieredCache cache;

  /** A text, fresh or stale. */
  record Text(String text, List<String> tags, long storedAtMillis, boolean fresh)
      implements CacheEntry {
    @Override
    public long weightBytes() {
      return 100L + text.length();
    }

    @Override
    public long expiresAtMillis() {
      return storedAtMillis + 600_000;
    }

    @Override
    public Text madeStale(long nowMillis) {
      return new Text(text, tags, nowMillis, false);
    }
  }

  private static final class TextCodec implements EntryCodec {
    @Override
    public byte[] encode(String key, CacheEntry entry) {
      Text text = (Text) entry;
      String joined =
          String.join(
              "\n",
              text.text(),
              Long.toString(text.storedAtMillis()),
              Boolean.toString(text.fresh()),
              String.join(",", text.tags()));
      return joined.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Text decode(String key, byte[] bytes) {
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
      List<String> tags = parts[3].isEmpty() ? List.of() : List.of(parts[3].split(","));
      return new Text(parts[0], tags, Long.parseLong(parts[1]), Boolean.parseBoolean(parts[2]));
    }
  }

  Node(int port, Path log) {
    this(Tiers.url(port, null), log);
  }

  Node(RedisUrl url, Path log) {
    this(url, log, new TextCodec());
  }

  private Node(RedisUrl url, Path log, EntryCodec codec) {
    tier = Tiers.tier(url, log);
    InstantSource clock = InstantSource.system();
    Coherence coherence = new Coherence(tier, clock, System::nanoTime);
    MemoryTier memory = new MemoryTier(16 << 20, Duration.ofSeconds(60), clock);
    cache = new TieredCache(memory, codec, coherence, clock, key -> key);
    tier.start();
  }

  /** One whose entries are in frames, those of 1,024 bytes and more compressed. */
  static Node framing(int port, Path log) {
    FrameCodec frames = new FrameCodec(CompressionType.ZLIB, 1_024, List.of(), System::nanoTime);
    TextCodec texts = new TextCodec();
    return new Node(
        Tiers.url(port, null),
        log,
        new EntryCodec() {
          @Override
          public byte @Nullable [] encode(String key, CacheEntry entry) {
            return frames.encode(key, Kind.VALUE, texts.encode(key, entry));
          }

          @Override
          public @Nullable CacheEntry decode(String key, byte[] bytes) {
            return frames.decode(key, bytes, (kind, in) -> texts.decode(key, in.readAllBytes()));
          }
        });
  }

  /** Waits until it uses Redis, and hears so many gateways. */
  Node ready(int gateways) {
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                tier.statistics().connected()
                    && tier.coherence().listening()
                    && tier.coherence().gateways() == gateways);
    return this;
  }

  static Text text(String text, String... tags) {
    return new Text(text, List.of(tags), System.currentTimeMillis(), true);
  }

  /** Stores a text, and waits until Redis has it. */
  void store(String key, String text, String... tags) {
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              long settled = settled();
              cache.put(key, text(text, tags), cache.mark());
              awaitSettled(settled + 1);
              return text.equals(inRedis(key));
            });
  }

  /** Writes that Redis has taken or refused. */
  long settled() {
    return tier.statistics().puts() + tier.statistics().refusedWrites();
  }

  void awaitSettled(long count) {
    await()
        .atMost(Tiers.PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> settled() >= count);
  }

  /** The text that L2 answers with. */
  @Nullable String inRedis(String key) {
    String value = Tiers.get(tier, key);
    return value == null ? null : value.substring(0, value.indexOf('\n'));
  }

  /** The text that a request would get, from either tier. */
  @Nullable String get(String key) {
    return text(cache.reader().get(key));
  }

  static @Nullable String text(@Nullable CacheEntry entry) {
    return entry == null ? null : ((Text) entry).text();
  }

  @Override
  public void close() {
    cache.coherence().close();
  }
}
