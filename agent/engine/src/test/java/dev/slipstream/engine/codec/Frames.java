package dev.slipstream.engine.codec;

import dev.slipstream.config.CompressionType;
import dev.slipstream.config.EncryptionKey;
import dev.slipstream.config.SettingsLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Makes codecs for tests. */
public final class Frames {
  static final String KEY = "apigw:http_responses:GET:/a:";

  private Frames() {}

  /** A codec without a threshold, for payloads in clear. */
  public static FrameCodec clear(CompressionType compression) {
    return codec(compression);
  }

  /** A codec whose clock goes 1,000 ns with each look at it. */
  static FrameCodec codec(CompressionType compression, String... keyIds) {
    AtomicLong nanos = new AtomicLong();
    return new FrameCodec(compression, 0, keys(keyIds), () -> nanos.addAndGet(1_000));
  }

  /** Keys that are made of their ids. */
  static List<EncryptionKey> keys(String... ids) {
    List<String> texts = new ArrayList<>();
    for (String id : ids) {
      byte[] secret = new byte[32];
      new Random(id.hashCode()).nextBytes(secret);
      texts.add(id + ':' + Base64.getEncoder().encodeToString(secret));
    }
    String text = String.join(",", texts);
    return SettingsLoader.load(null, Map.of("slipstream.cache_encryption_key", text), Map.of())
        .settings()
        .cache()
        .encryptionKeys();
  }

  static byte @Nullable [] payload(FrameCodec codec, byte[] frame) {
    return payload(codec, KEY, frame);
  }

  static byte @Nullable [] payload(FrameCodec codec, String key, byte[] frame) {
    return codec.decode(key, frame, (kind, in) -> in.readAllBytes());
  }

  /** Makes the checksum of changed bytes right again. */
  static byte[] resealed(byte[] frame) {
    CRC32C crc = new CRC32C();
    crc.update(KEY.getBytes(StandardCharsets.UTF_16BE));
    crc.update(frame, 0, 10);
    crc.update(frame, 14, frame.length - 14);
    ByteBuffer.wrap(frame).putInt(10, (int) crc.getValue());
    return frame;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
