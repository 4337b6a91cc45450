package dev.slipstream.engine.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that runs on the server, named by the hash of its text as the server names it. */
final class Script {
  static final Script GET = new Script("get");
  static final Script CONFIRM = new Script("confirm");
  static final Script PUT = new Script("put");
  static final Script CHANGE = new Script("change");
  static final Script STAMP = new Script("stamp");
  static final Script REMOVE = new Script("remove");
  static final Script FIND = new Script("find");
  static final Script WALKED = new Script("walked");
  static final Script RESET = new Script("reset");
  static final Script SWEEP = new Script("sweep");
  static final Script HEARTBEAT = new Script("heartbeat");

  private final byte[] text;
  private final byte[] hash;

  private Script(String name) {
    this.text = concatenated(read("common"), read(name));
    this.hash = sha1(text);
  }

  byte[] text() {
    return text;
  }

  byte[] hash() {
    return hash;
  }

  private static byte[] read(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("the agent's jar lacks " + name + ".lua");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] sha1(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
      return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
