package dev.slipstream.engine.http;

import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.EntryCodec;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Stored responses, and the indexes of their variants, as the payloads of frames. */
final class ResponseCodec implements EntryCodec {
  private final FrameCodec frames;
  private final Common<String> texts = new Common<>();
  private final Common<Lifetime> lifetimes = new Common<>();
  private final Common<List<String>> tagLists = new Common<>();

  ResponseCodec(FrameCodec frames) {
    this.frames = frames;
  }

  @Override
  public byte @Nullable [] encode(String key, CacheEntry entry) {
    Kind kind = entry instanceof StoredResponse ? Kind.RESPONSE : Kind.VARIANTS;
    return frames.encode(key, kind, payload(entry));
  }

  @Override
  public @Nullable CacheEntry decode(String key, byte[] bytes) {
    return frames.decode(key, bytes, this::read);
  }

  private @Nullable CacheEntry read(Kind kind, DataInputStream in) throws IOException {
    return switch (kind) {
      case RESPONSE -> readResponse(in);
      case VARIANTS -> readVariants(in);
      case VALUE -> null;
    };
  }

  private static byte[] payload(CacheEntry entry) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream((int) Math.min(1 << 20, entry.weightBytes()));
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

  private StoredResponse readResponse(DataInputStream in) throws IOException {
    int status = in.readInt();
    Fields fields = readFields(in).sharing(texts);
    Fields appended = readFields(in).sharing(texts);
    boolean lengthStated = in.readBoolean();
    boolean explicitlyShared = in.readBoolean();
    long dateMillis = in.readLong();
    long initialAgeMillis = in.readLong();
    long storedAtMillis = in.readLong();
    Lifetime lifetime = lifetimes.of(readLifetime(in));
    ContentRange range = readRange(in);
    List<String> tags = tagLists.of(List.copyOf(readTexts(in)));
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
}
