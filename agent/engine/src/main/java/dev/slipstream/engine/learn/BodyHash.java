package dev.slipstream.engine.learn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64 bits that differ where answers differ: by status and body as stored. Two different answers
 * have the same in one of 2^64 cases, if nobody has chosen them for that; whoever could, would only
 * make his own answers look unchanged.
 */
final class BodyHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ODD = 0xD6E8FEB86659FD93L;

  private BodyHash() {}

  static long of(int status, byte[] body) {
    long hash = mixed(status * 0x1_0000_0001L ^ ((long) body.length << 20));
    int whole = body.length & ~7;
    for (int at = 0; at < whole; at += 8) {
      hash = (Long.rotateLeft(hash, 29) ^ (long) LONGS.get(body, at)) * ODD;
    }
    for (int at = whole; at < body.length; at++) {
      hash = (Long.rotateLeft(hash, 29) ^ body[at]) * ODD;
    }
    return mixed(hash);
  }

  /** Spreads what differs in few bits over all of them. */
  static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 32)) * ODD;
    mixed = (mixed ^ (mixed >>> 32)) * ODD;
    return mixed ^ (mixed >>> 32);
  }
}
