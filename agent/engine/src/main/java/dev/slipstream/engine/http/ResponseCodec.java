package dev.slipstream.engine.http;

import dev.slipstream.config.CompressionType;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.EntryCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Stored responses as bytes.
 *
 * <p>A header of {@value #HEADER_BYTES} bytes (the letters SL, version, kind, compression, length
 * of the plain payload, CRC-32C of the payload as it stands here) and the payload, compressed where
 * it is large enough and that makes it smaller. Other versions, damaged and hostile bytes are no
 * entries: no input throws, and none takes more memory than {@value #GREATEST_PAYLOAD_BYTES} bytes.
 */
final class ResponseCodec implements EntryCodec {
  private static final int HEADER_BYTES = 13;
  private static final int GREATEST_PAYLOAD_BYTES = 64 * 1024 * 1024;
  private static final byte[] MAGIC = {'S', 'L'};
  private static final byte VERSION = 2;
  private static final byte RESPONSE = 1;
  private static final byte VARIANTS = 2;
  private static final byte PLAIN = 0;
  private static final byte ZLIB = 1;
  private static final byte GZIP = 2;

  private final CompressionType compression;
  private final int thresholdBytes;

  ResponseCodec(CompressionType compression, int thresholdBytes) {
    this.compression = compression;
    this.thresholdBytes = thresholdBytes;
  }

  @Override
  public byte[] encode(CacheEntry entry) {
    byte[] plain = payload(entry);
    byte[] compressed = compress(plain);
    boolean smaller = compressed.length < plain.length;
    byte[] payload = smaller ? compressed : plain;
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .put(MAGIC)
        .put(VERSION)
        .put(entry instanceof StoredResponse ? RESPONSE : VARIANTS)
        .put(!smaller ? PLAIN : compression == CompressionType.ZLIB ? ZLIB : GZIP)
        .putInt(plain.length)
        .putInt(checksum(payload, 0))
        .put(payload)
        .array();
  }

  @Override
  public @Nullable CacheEntry decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    boolean ours = header.get() == MAGIC[0] && header.get() == MAGIC[1] && header.get() == VERSION;
    if (!ours) {
      return null;
    }
    byte kind = header.get();
    byte compressed = header.get();
    int length = header.getInt();
    if (length < 0
        || length > GREATEST_PAYLOAD_BYTES
        || header.getInt() != checksum(bytes, HEADER_BYTES)) {
      return null;
    }
    try {
      byte[] payload = decompress(bytes, compressed, length);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
      return kind == RESPONSE ? readResponse(in) : kind == VARIANTS ? readVariants(in) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null; // what a miss is, and counted by the caller
    }
  }

  private static byte[] payload(CacheEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      if (entry instanceof StoredResponse response) {
        write(response, out);
      } else if (entry instanceof VariantIndex index) {
        write(index.names(), out);
        write(index.variants(), out);
        out.writeLong(index.begunAtMillis());
        out.writeLong(index.storedAtMillis());
        out.writeLong(index.expiresAtMillis());
      } else {
        throw new IllegalArgumentException("no entry of the HTTP cache: " + entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return bytes.toByteArray();
  }

  private static void write(StoredResponse response, DataOutputStream out) throws IOException {
    out.writeInt(response.status());
    write(response.fields(), out);
    write(response.appended(), out);
    out.writeBoolean(response.lengthStated());
    out.writeBoolean(response.explicitlyShared());
    out.writeLong(response.dateMillis());
    out.writeLong(response.initialAgeMillis());
    out.writeLong(response.storedAtMillis());
    write(response.lifetime(), out);
    write(response.range(), out);
    write(response.tags(), out);
    out.writeInt(response.body().length);
    out.write(response.body());
    byte[] gzipped = response.gzipped();
    out.writeBoolean(gzipped != null);
    if (gzipped != null) {
      out.writeInt(gzipped.length);
      out.write(gzipped);
    }
  }

  private static StoredResponse readResponse(DataInputStream in) throws IOException {
    int status = in.readInt();
    Fields fields = readFields(in);
    Fields appended = readFields(in);
    boolean lengthStated = in.readBoolean();
    boolean explicitlyShared = in.readBoolean();
    long dateMillis = in.readLong();
    long initialAgeMillis = in.readLong();
    long storedAtMillis = in.readLong();
    Lifetime lifetime = readLifetime(in);
    ContentRange range = readRange(in);
    List<String> tags = readTexts(in);
    byte[] body = readBytes(in);
    byte[] gzipped = in.readBoolean() ? readBytes(in) : null;
    return new StoredResponse(
        status,
        fields,
        appended,
        body,
        range,
        lengthStated,
        explicitlyShared,
        dateMillis,
        initialAgeMillis,
        storedAtMillis,
        lifetime,
        tags,
        gzipped);
  }

  private static void write(Lifetime lifetime, DataOutputStream out) throws IOException {
    out.writeLong(lifetime.freshMillis());
    out.writeLong(lifetime.staleWhileRevalidateMillis());
    out.writeLong(lifetime.staleIfErrorMillis());
    out.writeBoolean(lifetime.anyError());
    out.writeBoolean(lifetime.alwaysValidated());
    out.writeBoolean(lifetime.staleAllowed());
  }

  private static Lifetime readLifetime(DataInputStream in) throws IOException {
    return new Lifetime(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        in.readBoolean(),
        in.readBoolean());
  }

  private static void write(@Nullable ContentRange range, DataOutputStream out) throws IOException {
    out.writeBoolean(range != null);
    if (range != null) {
      out.writeLong(range.first());
      out.writeLong(range.last());
      out.writeLong(range.completeLength());
    }
  }

  private static @Nullable ContentRange readRange(DataInputStream in) throws IOException {
    return in.readBoolean() ? new ContentRange(in.readLong(), in.readLong(), in.readLong()) : null;
  }

  private static VariantIndex readVariants(DataInputStream in) throws IOException {
    return new VariantIndex(
        readTexts(in), readTexts(in), in.readLong(), in.readLong(), in.readLong());
  }

  private static void write(Fields fields, DataOutputStream out) throws IOException {
    List<String> texts = new ArrayList<>(2 * fields.size());
    BiConsumer<String, String> add =
        (name, value) -> {
          texts.add(name);
          texts.add(value);
        };
    fields.forEach(add);
    write(texts, out);
  }

  private static Fields readFields(DataInputStream in) throws IOException {
    return Fields.of(readTexts(in).toArray(String[]::new));
  }

  private static void write(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = bounded(in.readInt(), in.available() / 4);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(new String(readBytes(in), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[bounded(in.readInt(), in.available())];
    in.readFully(bytes);
    return bytes;
  }

  /** A length that the bytes themselves state, held to what is there. */
  private static int bounded(int stated, int available) throws IOException {
    if (stated < 0 || stated > available) {
      throw new IOException("states " + stated + ", has " + available);
    }
    return stated;
  }

  private byte[] compress(byte[] plain) {
    if (compression == CompressionType.NONE || plain.length < thresholdBytes) {
      return plain;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
    try (OutputStream out =
        compression == CompressionType.ZLIB
            ? new DeflaterOutputStream(bytes)
            : new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] decompress(byte[] bytes, byte compressed, int length) throws IOException {
    InputStream payload =
        new ByteArrayInputStream(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    try (InputStream in =
        switch (compressed) {
          case PLAIN -> payload;
          case ZLIB -> new InflaterInputStream(payload);
          case GZIP -> new GZIPInputStream(payload);
          default -> throw new IOException("compression " + compressed);
        }) {
      // One byte more than stated would show a bomb; a shorter payload is damaged.
      byte[] plain = in.readNBytes(length);
      if (plain.length != length || in.read() >= 0) {
        throw new IOException("not " + length + " bytes");
      }
      return plain;
    }
  }

  private static int checksum(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }
}
