package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.engine.codec.CodecStatistics;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Unreadable;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What entries are written to Redis with, for JMX. */
final class CodecMBean implements CodecMXBean {
  private final FrameCodec frames;

  CodecMBean(FrameCodec frames) {
    this.frames = frames;
  }

  @Override
  public String getEncryptionKeyId() {
    return frames.encryptionKeyId();
  }

  @Override
  public long getEncodedEntries() {
    return frames.statistics().encodedEntries();
  }

  @Override
  public long getEncodedBytesIn() {
    return frames.statistics().encodedBytesIn();
  }

  @Override
  public long getEncodedBytesOut() {
    return frames.statistics().encodedBytesOut();
  }

  @Override
  public @Nullable Double getCompressionRatio() {
    CodecStatistics done = frames.statistics();
    return quotient((double) done.encodedBytesIn(), done.encodedBytesOut());
  }

  @Override
  public @Nullable Double getMeanEncodeTimeMicros() {
    CodecStatistics done = frames.statistics();
    return quotient(done.encodeNanos() / 1e3, done.encodedEntries());
  }

  @Override
  public long getNotEncodedEntries() {
    return frames.statistics().notEncoded();
  }

  @Override
  public long getDecodedEntries() {
    return frames.statistics().decodedEntries();
  }

  @Override
  public long getDecodedBytesIn() {
    return frames.statistics().decodedBytesIn();
  }

  @Override
  public long getDecodedBytesOut() {
    return frames.statistics().decodedBytesOut();
  }

  @Override
  public @Nullable Double getMeanDecodeTimeMicros() {
    CodecStatistics done = frames.statistics();
    return quotient(done.decodeNanos() / 1e3, done.decodedEntries());
  }

  @Override
  public long getEncodeTimeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(frames.statistics().encodeNanos());
  }

  @Override
  public long getDecodeTimeMillis() {
    return TimeUnit.NANOSECONDS.toMillis(frames.statistics().decodeNanos());
  }

  @Override
  public long getUnreadableOfOtherVersions() {
    return unreadable(Unreadable.VERSION);
  }

  @Override
  public long getUnreadableDamaged() {
    return unreadable(Unreadable.DAMAGED);
  }

  @Override
  public long getUnreadableForWantOfKey() {
    return unreadable(Unreadable.KEY_UNKNOWN);
  }

  @Override
  public long getUnreadableTooLarge() {
    return unreadable(Unreadable.TOO_LARGE);
  }

  private long unreadable(Unreadable cause) {
    return Objects.requireNonNull(frames.statistics().unreadable().get(cause));
  }

  private static @Nullable Double quotient(double dividend, long divisor) {
    return divisor == 0 ? null : dividend / divisor;
  }
}
