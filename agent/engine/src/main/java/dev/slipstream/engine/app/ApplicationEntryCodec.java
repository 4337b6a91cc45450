package dev.slipstream.engine.app;

import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.EntryCodec;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of application caches as the payloads of frames: when it was stored and when it expires
 * (milliseconds since 1970), the tags, the {@linkplain ValueForm form} and the value. Nothing in it
 * makes a class be loaded.
 */
final class ApplicationEntryCodec implements EntryCodec {
  private static final int NO_VALUE = 0xFF;
  private static final int MOST_TAGS = 1_000;

  private final FrameCodec frames;

  ApplicationEntryCodec(FrameCodec frames) {
    this.frames = frames;
  }

  @Override
  public byte @Nullable [] encode(String key, CacheEntry entry) {
    return frames.encode(key, Kind.VALUE, payload(entry));
  }

  @Override
  public @Nullable CacheEntry decode(String key, byte[] bytes) {
    return frames.decode(key, bytes, ApplicationEntryCodec::read);
  }

  private static byte[] payload(CacheEntry entry) {
    ValueForm.Encoded value = entry instanceof ApplicationEntry ours ? ours.takeEncoded() : null;
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(payload)) {
      out.writeLong(entry.storedAtMillis());
      out.writeLong(entry.expiresAtMillis());
      out.writeShort(entry.tags().size());
      for (String tag : entry.tags()) {
        out.writeUTF(tag);
      }
      out.writeByte(value == null ? NO_VALUE : value.form().number());
      if (value != null) {
        out.write(value.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a tag of more than 65,535 bytes: none is stored
    }
    return payload.toByteArray();
  }

  private static @Nullable CacheEntry read(Kind kind, DataInputStream in) throws IOException {
    if (kind != Kind.VALUE) {
      return null;
    }
    long storedAt = in.readLong();
    long expiresAt = in.readLong();
    int count = in.readUnsignedShort();
    if (count > MOST_TAGS) {
      return null;
    }
    List<String> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tags.add(in.readUTF());
    }
    int number = in.readUnsignedByte();
    ValueForm form = ValueForm.of(number);
    if (form == null) {
      return number == NO_VALUE ? ApplicationEntry.nothing(storedAt, expiresAt) : null;
    }
    ValueForm.Encoded value = new ValueForm.Encoded(form, in.readAllBytes());
    return new ApplicationEntry(null, value, tags, storedAt, expiresAt);
  }
}
