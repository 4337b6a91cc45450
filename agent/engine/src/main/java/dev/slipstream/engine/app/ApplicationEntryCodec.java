package dev.slipstream.engine.app;

import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.EntryCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Entries of application caches as bytes: a magic number, CRC-32C of the rest, when it was stored
 * and when it expires (milliseconds since 1970), the tags, the {@linkplain ValueForm form} and the
 * value. Nothing in it makes a class be loaded.
 */
final class ApplicationEntryCodec implements EntryCodec {
  private static final int MAGIC = 0x53_4C_41_01; // "SLA", version 1
  private static final int HEAD_BYTES = 8;
  private static final int NO_VALUE = 0xFF;
  private static final int MOST_TAGS = 1_000;

  @Override
  public byte[] encode(CacheEntry entry) {
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
    return framed(payload.toByteArray());
  }

  private static byte[] framed(byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(HEAD_BYTES + payload.length);
    try (DataOutputStream out = new DataOutputStream(frame)) {
      out.writeInt(MAGIC);
      out.writeInt(checksum(payload, 0));
      out.write(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frame.toByteArray();
  }

  private static int checksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  @Override
  public @Nullable CacheEntry decode(byte[] bytes) {
    if (bytes.length < HEAD_BYTES) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC || in.readInt() != checksum(bytes, HEAD_BYTES)) {
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
    } catch (IOException e) {
      return null; // cut off
    }
  }
}
