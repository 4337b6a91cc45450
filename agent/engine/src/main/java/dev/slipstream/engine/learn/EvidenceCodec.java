package dev.slipstream.engine.learn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway has seen, as it is kept in Redis: a version, when it was written, for each
 * endpoint the evidence of each class of runs, and a CRC32C of all that. What cannot be read, or is
 * of another version, is as if it were not there.
 */
final class EvidenceCodec {
  private static final int VERSION = 1;
  private static final int CRC_BYTES = 4;
  private static final int GREATEST_BYTES = 256 << 10;
  private static final int LONGEST_NAME = 500;
  private static final int MOST_ENDPOINTS = 1_000;

  private EvidenceCodec() {}

  /**
   * What a gateway has written.
   *
   * @param writtenAtMillis when, in milliseconds since 1970
   * @param evidence of endpoints, by the class of runs; null where there is none
   */
  record Written(long writtenAtMillis, Map<String, @Nullable ChangeEvidence[]> evidence) {}

  /** As many endpoints as there is room for, in the order of the map. */
  static byte[] encode(long writtenAtMillis, Map<String, @Nullable ChangeEvidence[]> evidence) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      out.writeLong(writtenAtMillis);
      int count = 0;
      for (Map.Entry<String, @Nullable ChangeEvidence[]> endpoint : evidence.entrySet()) {
        if (endpoint.getKey().length() <= LONGEST_NAME
            && bytes.size() < GREATEST_BYTES
            && count++ < MOST_ENDPOINTS) {
          out.writeBoolean(true);
          out.writeUTF(endpoint.getKey());
          for (int runs = 0; runs < Run.CLASSES; runs++) {
            ChangeEvidence one = endpoint.getValue()[runs];
            write(one == null ? new ChangeEvidence() : one, out);
          }
        }
      }
      out.writeBoolean(false);
      CRC32C crc = new CRC32C();
      crc.update(bytes.toByteArray());
      out.writeInt((int) crc.getValue());
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no input or output here
    }
  }

  private static void write(ChangeEvidence evidence, DataOutputStream out) throws IOException {
    out.writeFloat((float) evidence.told());
    out.writeFloat((float) evidence.unchanged());
    out.writeDouble(evidence.quietMillis());
    int bins = 0;
    for (int bin = 0; bin < ChangeEvidence.BINS; bin++) {
      bins += evidence.changed(bin) > 0 ? 1 : 0;
    }
    out.writeByte(bins);
    for (int bin = 0; bin < ChangeEvidence.BINS; bin++) {
      if (evidence.changed(bin) > 0) {
        out.writeByte(bin);
        out.writeFloat((float) evidence.changed(bin));
        out.writeDouble(evidence.intervalMillis(bin));
      }
    }
  }

  /** What was written; null where it cannot be read. */
  static @Nullable Written decode(byte[] bytes) {
    int end = bytes.length - CRC_BYTES;
    if (end < 1 || bytes.length > 2 * GREATEST_BYTES || bytes[0] != VERSION) {
      return null;
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Arrays.copyOfRange(bytes, 1, bytes.length)))) {
      long writtenAt = in.readLong();
      Map<String, @Nullable ChangeEvidence[]> evidence = new LinkedHashMap<>();
      while (in.readBoolean()) {
        String name = in.readUTF();
        if (name.length() > LONGEST_NAME || evidence.size() == MOST_ENDPOINTS) {
          return null;
        }
        @Nullable ChangeEvidence[] all = new ChangeEvidence[Run.CLASSES];
        for (int runs = 0; runs < Run.CLASSES; runs++) {
          all[runs] = read(in);
        }
        evidence.put(name, all);
      }
      return in.readInt() == (int) crc.getValue() ? new Written(writtenAt, evidence) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static ChangeEvidence read(DataInputStream in) throws IOException {
    ChangeEvidence evidence = new ChangeEvidence();
    evidence.restore(sane(in.readFloat()), sane(in.readFloat()), sane(in.readDouble()));
    int bins = in.readUnsignedByte();
    for (int i = 0; i < bins; i++) {
      int bin = in.readUnsignedByte();
      double weight = sane(in.readFloat());
      double interval = sane(in.readDouble());
      if (bin >= ChangeEvidence.BINS) {
        throw new IllegalArgumentException("bin " + bin);
      }
      evidence.restore(bin, weight, interval);
    }
    evidence.bound();
    return evidence;
  }

  private static double sane(double number) {
    if (!(number >= 0 && number < 1e18)) {
      throw new IllegalArgumentException("number " + number);
    }
    return number;
  }
}
