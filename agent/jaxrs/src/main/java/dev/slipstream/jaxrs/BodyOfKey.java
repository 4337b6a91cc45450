package dev.slipstream.jaxrs;

import dev.slipstream.engine.Engine;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Reads a body that a rule makes part of the key, and gives it to the application again. */
final class BodyOfKey {
  private BodyOfKey() {}

  /**
   * The view with the body's hash, where a rule wants it and the body is within the bound.
   *
   * @throws IOException what the application would have met, reading the body
   */
  static ResourceRequestView read(
      Engine engine, ContainerRequestContext request, ResourceRequestView view) throws IOException {
    int maxBytes = engine.httpCache().maxBodyBytes();
    String type = view.field("Content-Type");
    boolean multipart = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    if (!engine.httpCache().wantsBody(view) || multipart || request.getLength() > maxBytes) {
      return view;
    }
    InputStream in =
        request.hasEntity() ? request.getEntityStream() : InputStream.nullInputStream();
    byte[] head = in.readNBytes(maxBytes + 1);
    if (head.length > maxBytes) {
      request.setEntityStream(new SequenceInputStream(new ByteArrayInputStream(head), in));
      return view;
    }
    if (head.length > 0) {
      request.setEntityStream(new ByteArrayInputStream(head));
    }
    return view.withBody(sha256(head));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
