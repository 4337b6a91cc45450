package dev.slipstream.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read to make it part of a key, and is given to the application as if it
 * had not been: by stream, by reader and, for forms, by parameters.
 */
final class ReplayingRequest extends HttpServletRequestWrapper {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final byte[] head;
  private final boolean whole;
  private final ServletInputStream rest;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> parameters;

  private ReplayingRequest(
      HttpServletRequest request, byte[] head, boolean whole, ServletInputStream rest) {
    super(request);
    this.head = head;
    this.whole = whole;
    this.rest = rest;
  }

  /** Whether a body of this kind can be given to the application again: all but multipart. */
  static boolean canReplay(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  /** Reads a body up to a bound; what is beyond it stays with the container. */
  static ReplayingRequest read(HttpServletRequest request, int maxBytes) throws IOException {
    ServletInputStream in = request.getInputStream();
    byte[] head = in.readNBytes(maxBytes + 1);
    return new ReplayingRequest(request, head, head.length <= maxBytes, in);
  }

  /** The SHA-256 of the body; null where it is over the bound. */
  @Nullable String bodyHash() {
    if (!whole) {
      return null;
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(head));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader != null) {
      throw new IllegalStateException("getReader() was called for this request");
    }
    if (stream == null) {
      stream = new ReplayingInputStream(head, whole ? null : rest, this);
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      if (stream != null) {
        throw new IllegalStateException("getInputStream() was called for this request");
      }
      ServletInputStream in = new ReplayingInputStream(head, whole ? null : rest, this);
      reader = new BufferedReader(new InputStreamReader(in, charset(StandardCharsets.ISO_8859_1)));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = getParameterMap().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** The container gives those of the query: with its stream taken it leaves the body alone. */
  @Override
  public Map<String, String[]> getParameterMap() {
    if (parameters == null) {
      Map<String, String[]> ofQuery = super.getParameterMap();
      parameters =
          whole && isForm() && stream == null && reader == null
              ? FormBody.parse(head, formCharset(), ofQuery)
              : ofQuery;
    }
    return parameters;
  }

  private boolean isForm() {
    String type = getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  /** Jetty takes a form without a charset for UTF-8, all others for ISO-8859-1 as specified. */
  private Charset formCharset() {
    boolean jetty = rest.getClass().getName().startsWith("org.eclipse.jetty.");
    return charset(jetty ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  private Charset charset(Charset otherwise) {
    String name = getCharacterEncoding();
    return name == null ? otherwise : Charset.forName(name);
  }
}
