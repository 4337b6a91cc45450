package dev.slipstream.engine.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message on the channel: an announcement, or a heartbeat without one.
 *
 * @param gateway whose it is: random, and another after each start
 * @param sequence the number of that gateway's announcements so far, this one included
 * @param announcement null for a heartbeat
 */
record Message(String gateway, long sequence, @Nullable Announcement announcement) {
  private static final int VERSION = 1;
  private static final int HEARTBEAT = 0;

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(VERSION);
      write(gateway, out);
      out.writeLong(sequence);
      if (announcement == null) {
        out.writeByte(HEARTBEAT);
      } else {
        out.writeByte(announcement.kind().code());
        write(announcement.tags(), out);
        write(announcement.patterns(), out);
        write(announcement.keys(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return bytes.toByteArray();
  }

  /** The message, or null where the bytes are damaged, hostile or of another version. */
  static @Nullable Message decode(byte[] bytes) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      if (in.readByte() != VERSION) {
        return null;
      }
      String gateway = readText(in);
      long sequence = in.readLong();
      int code = in.readByte();
      if (code == HEARTBEAT) {
        return new Message(gateway, sequence, null);
      }
      Announcement.Kind kind = Announcement.Kind.of(code);
      if (kind == null) {
        return null;
      }
      return new Message(
          gateway, sequence, new Announcement(kind, readTexts(in), readTexts(in), readTexts(in)));
    } catch (IOException e) {
      return null;
    }
  }

  private static void write(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(text, out);
    }
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = bounded(in.readInt(), in.available() / Integer.BYTES);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[bounded(in.readInt(), in.available())];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A length that the bytes themselves state, held to what is there. */
  private static int bounded(int stated, int available) throws IOException {
    if (stated < 0 || stated > available) {
      throw new IOException("states " + stated + ", has " + available);
    }
    return stated;
  }
}
