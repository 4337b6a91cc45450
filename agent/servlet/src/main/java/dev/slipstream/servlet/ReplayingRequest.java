package dev.slipstream.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read to make it part of a key, and is given to the application as if it
 * had not been: by stream, by reader and, for forms, by parameters.
 */
final class ReplayingRequest extends HttpServletRequestWrapper {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** What containers take of a form by default. */
  private static final int GREATEST_FORM_BYTES = 2 * 1024 * 1024;

  private final HttpServletResponse response;
  private final byte[] head;
  private final boolean whole;
  private final ServletInputStream rest;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, String[]> ofBody;
  private @Nullable String encoding;
  private @Nullable Runnable listening;
  private boolean returned;

  private ReplayingRequest(
      HttpServletRequest request,
      HttpServletResponse response,
      byte[] head,
      boolean whole,
      ServletInputStream rest) {
    super(request);
    this.response = response;
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
  static ReplayingRequest read(
      HttpServletRequest request, HttpServletResponse response, int maxBytes) throws IOException {
    ServletInputStream in = request.getInputStream();
    byte[] head = in.readNBytes(maxBytes + 1);
    return new ReplayingRequest(request, response, head, head.length <= maxBytes, in);
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
      String name = getCharacterEncoding();
      ServletInputStream in = new ReplayingInputStream(head, whole ? null : rest, this);
      reader = new BufferedReader(new InputStreamReader(in, name == null ? "ISO-8859-1" : name));
    }
    return reader;
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return encoding == null ? super.getCharacterEncoding() : encoding;
  }

  /** Containers ignore it once their stream is taken, which was us. */
  @Override
  public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
    if (reader == null && ofBody == null) {
      super.setCharacterEncoding(name);
      encoding = name;
    }
  }

  /** Without arguments the container goes on with its own request, whose body is read. */
  @Override
  public AsyncContext startAsync() {
    ServletRequest inner = getRequest();
    ServletResponse outer = response;
    if (!(inner instanceof ServletRequestWrapper) && !(outer instanceof ServletResponseWrapper)) {
      return super.startAsync(this, response);
    }
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    while (outer instanceof ServletResponseWrapper wrapper) {
      outer = wrapper.getResponse();
    }
    ReplayingRequest bare =
        new ReplayingRequest(
            (HttpServletRequest) inner, (HttpServletResponse) outer, head, whole, rest);
    bare.stream = stream;
    bare.reader = reader;
    bare.returned = true; // its listener needs no service to return: that of the outer one is on
    return super.startAsync(bare, outer);
  }

  /** Runs what reads the body as it comes, no sooner than the container would. */
  synchronized void onceServiceReturned(Runnable listener) {
    if (returned) {
      getAsyncContext().start(listener);
    } else {
      listening = listener;
    }
  }

  synchronized void serviceReturned() {
    returned = true;
    if (listening != null) {
      getAsyncContext().start(listening);
      listening = null;
    }
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
    Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
    ofBody().forEach((name, values) -> all.merge(name, values, FormBody::concat));
    return Collections.unmodifiableMap(all);
  }

  private Map<String, String[]> ofBody() {
    if (ofBody == null) {
      if (!isForm() || stream != null || reader != null) {
        return Map.of();
      }
      byte[] body = head;
      if (!whole) {
        try {
          body = new ReplayingInputStream(head, rest, this).readNBytes(GREATEST_FORM_BYTES);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      ofBody = FormBody.parse(body, formCharset(), Map.of());
    }
    return ofBody;
  }

  private boolean isForm() {
    String type = getContentType();
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM);
  }

  /**
   * Jetty takes a form without a charset for UTF-8, all others for ISO-8859-1 as specified; from
   * ee10 on it looks at the content type alone.
   */
  private Charset formCharset() {
    String container = rest.getClass().getName();
    boolean jetty = container.startsWith("org.eclipse.jetty.");
    boolean olderJetty = container.contains(".ee8.") || container.contains(".ee9.");
    Charset otherwise = jetty ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String name = jetty && !olderJetty ? super.getCharacterEncoding() : getCharacterEncoding();
    try {
      return name == null ? otherwise : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }
}
