package dev.slipstream.engine.codec;

import dev.slipstream.config.CompressionType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The ways of compressing a payload, as numbered in a frame. */
enum Compression {
  /** As it is. */
  NONE(0) {
    @Override
    byte[] compress(byte[] plain) {
      return plain;
    }

    @Override
    void decompress(byte[] bytes, int from, int length, byte[] plain) throws UnreadableException {
      if (length != plain.length) {
        throw new UnreadableException(Unreadable.DAMAGED);
      }
      System.arraycopy(bytes, from, plain, 0, length);
    }
  },
  /** RFC 1950. */
  ZLIB(1) {
    @Override
    byte[] compress(byte[] plain) {
      Deflater idle = DEFLATERS.take();
      Deflater deflater = idle == null ? new Deflater(LEVEL) : idle;
      try {
        deflater.setInput(plain);
        deflater.finish();
        // What does not fit is not smaller, and not wanted.
        byte[] room = new byte[plain.length];
        int length = deflater.deflate(room);
        return deflater.finished() ? Arrays.copyOf(room, length) : plain;
      } finally {
        deflater.reset();
        if (!DEFLATERS.giveBack(deflater)) {
          deflater.end();
        }
      }
    }

    @Override
    void decompress(byte[] bytes, int from, int length, byte[] plain) throws UnreadableException {
      Inflater idle = INFLATERS.take();
      Inflater inflater = idle == null ? new Inflater() : idle;
      try {
        inflater.setInput(bytes, from, length);
        int inflated = inflater.inflate(plain);
        // A bomb has more to give; what is cut has less.
        boolean whole =
            inflated == plain.length
                && inflater.inflate(new byte[1]) == 0
                && inflater.finished()
                && inflater.getRemaining() == 0;
        if (!whole) {
          throw new UnreadableException(Unreadable.DAMAGED);
        }
      } catch (DataFormatException e) {
        throw new UnreadableException(Unreadable.DAMAGED);
      } finally {
        inflater.reset();
        if (!INFLATERS.giveBack(inflater)) {
          inflater.end();
        }
      }
    }
  },
  /** RFC 1952. */
  GZIP(2) {
    @Override
    byte[] compress(byte[] plain) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 32);
      try (OutputStream out = new LevelledGzip(bytes)) {
        out.write(plain);
      } catch (IOException e) {
        throw new UncheckedIOException("memory does no I/O", e);
      }
      return bytes.toByteArray();
    }

    @Override
    void decompress(byte[] bytes, int from, int length, byte[] plain) throws UnreadableException {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, from, length))) {
        if (in.readNBytes(plain, 0, plain.length) != plain.length || in.read() >= 0) {
          throw new UnreadableException(Unreadable.DAMAGED);
        }
      } catch (IOException e) {
        throw new UnreadableException(Unreadable.DAMAGED);
      }
    }
  };

  /** The fastest, docs/decisions/0015-compression.md. */
  private static final int LEVEL = 1;

  /** No deflated byte stands for more plain ones. */
  static final int GREATEST_RATIO = 1_032;

  private static final Compression[] ALL = values();

  private static final Idle<Deflater> DEFLATERS = new Idle<>();
  private static final Idle<Inflater> INFLATERS = new Idle<>();

  private final byte number;

  Compression(int number) {
    this.number = (byte) number;
  }

  byte number() {
    return number;
  }

  /** The compression with a number; null where there is none. */
  static @Nullable Compression numbered(byte number) {
    for (Compression compression : ALL) {
      if (compression.number == number) {
        return compression;
      }
    }
    return null;
  }

  static Compression of(CompressionType type) {
    return switch (type) {
      case NONE -> NONE;
      case ZLIB -> ZLIB;
      case GZIP -> GZIP;
    };
  }

  /** The payload compressed; may be larger. */
  abstract byte[] compress(byte[] plain);

  /** Fills {@code plain} with exactly what the bytes stand for. */
  abstract void decompress(byte[] bytes, int from, int length, byte[] plain)
      throws UnreadableException;

  private static final class LevelledGzip extends GZIPOutputStream {
    LevelledGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(LEVEL);
    }
  }
}
