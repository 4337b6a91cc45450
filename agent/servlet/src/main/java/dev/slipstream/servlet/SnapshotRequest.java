package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.ReadSet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.Reader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GET request as it was when it was copied; it outlives the container's, to which nothing here
 * leads back. It serves one background run.
 */
final class SnapshotRequest extends NobodysRequest {
  private final SnapshotHead head;
  private final SnapshotAttributes attributes;
  private final Fields fields;
  private final ReadSet reads = new ReadSet();
  private @Nullable String encoding;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;

  private SnapshotRequest(
      SnapshotHead head, SnapshotAttributes attributes, Fields fields, Fidelity fidelity) {
    this(
        head,
        attributes,
        fields,
        fidelity,
        new Innermost<>(HttpServletRequest.class, fidelity, head.ofLaterApis()));
  }

  private SnapshotRequest(
      SnapshotHead head,
      SnapshotAttributes attributes,
      Fields fields,
      Fidelity fidelity,
      Innermost<HttpServletRequest> innermost) {
    super(innermost.proxy(), fidelity);
    this.head = head;
    this.attributes = attributes;
    this.fields = fields;
    this.encoding = head.encoding();
    innermost.wrappedBy(this);
  }

  /**
   * Copies a request; to be called on its own thread while it is valid.
   *
   * @return null where there can be no background run of it: it is neither GET nor HEAD, has a
   *     body, is somebody's, is not the first dispatch, or cannot be read
   */
  static @Nullable SnapshotRequest of(HttpServletRequest request) {
    try {
      if (!SnapshotHead.canCopy(request)) {
        return null;
      }
      Fidelity fidelity = new Fidelity();
      SnapshotHead head = SnapshotHead.of(request);
      return new SnapshotRequest(
          head, new SnapshotAttributes(request, fidelity), head.fields(), fidelity);
    } catch (RuntimeException e) {
      // Of a filter's wrapper, or the container's: Tomcat throws at parameters that are no good.
      return null;
    }
  }

  /** The fields of the request. */
  Fields fields() {
    return fields;
  }

  /** What the application has looked at. */
  ReadSet reads() {
    return reads;
  }

  /** This request with other fields, conditionals of a cache for instance; this one is spent. */
  SnapshotRequest with(Fields others) {
    return new SnapshotRequest(head, attributes, others, fidelity());
  }

  /** Whether a request, or what a servlet has wrapped around it, is a background run's. */
  static boolean isBackground(ServletRequest request) {
    ServletRequest inner = request;
    while (!(inner instanceof SnapshotRequest) && inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner instanceof SnapshotRequest
        || Innermost.wrapperOf(inner) instanceof SnapshotRequest;
  }

  @Nullable ClassLoader contextClassLoader() {
    return head.contextClassLoader();
  }

  /** Containers look for an object of theirs inside, and fail without. */
  @Override
  public ServletRequest getRequest() {
    fidelity().doubt("getRequest");
    return super.getRequest();
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getRequestURI() {
    return head.uri();
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(head.url());
  }

  @Override
  public @Nullable String getQueryString() {
    return head.query();
  }

  @Override
  public String getContextPath() {
    return head.contextPath();
  }

  @Override
  public String getServletPath() {
    return head.servletPath();
  }

  @Override
  public @Nullable String getPathInfo() {
    return head.pathInfo();
  }

  @Override
  public @Nullable String getPathTranslated() {
    return head.pathTranslated();
  }

  @Override
  public String getScheme() {
    return head.scheme();
  }

  @Override
  public String getProtocol() {
    return head.protocol();
  }

  @Override
  public boolean isSecure() {
    return head.secure();
  }

  @Override
  public String getServerName() {
    return head.server().name();
  }

  @Override
  public int getServerPort() {
    return head.server().port();
  }

  @Override
  public String getRemoteAddr() {
    return head.remote().address();
  }

  @Override
  public String getRemoteHost() {
    return head.remote().name();
  }

  @Override
  public int getRemotePort() {
    return head.remote().port();
  }

  @Override
  public String getLocalAddr() {
    return head.local().address();
  }

  /** Tomcat asks a name server for it: not copied, since that may take seconds. */
  @Override
  public String getLocalName() {
    throw fidelity().lose("getLocalName");
  }

  @Override
  public int getLocalPort() {
    return head.local().port();
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public ServletContext getServletContext() {
    return head.context();
  }

  @Override
  @SuppressWarnings("deprecation") // removed from Servlet 6.0
  public @Nullable String getRealPath(String path) {
    return head.context().getRealPath(path);
  }

  @Override
  public RequestDispatcher getRequestDispatcher(String path) {
    return new LostDispatcher(fidelity());
  }

  @Override
  public @Nullable String getHeader(String name) {
    reads.field(name);
    return fields.first(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    reads.field(name);
    return Collections.enumeration(fields.all(name));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    reads.enumerated();
    return Collections.enumeration(fields.names());
  }

  @Override
  public int getIntHeader(String name) {
    reads.field(name);
    String value = fields.first(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public long getDateHeader(String name) {
    reads.field(name);
    String value = fields.first(name);
    try {
      return value == null
          ? -1
          : DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from).toEpochMilli();
    } catch (DateTimeException e) {
      // The obsolete formats of RFC 9110 §5.6.7, or none: containers do not agree on these.
      fidelity().doubt("getDateHeader");
      throw new IllegalArgumentException(value, e);
    }
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    return fields.contains("Cookie") ? head.cookies() : null;
  }

  @Override
  public Locale getLocale() {
    reads.field("Accept-Language");
    return head.locales().get(0);
  }

  @Override
  public Enumeration<Locale> getLocales() {
    reads.field("Accept-Language");
    return Collections.enumeration(head.locales());
  }

  @Override
  public @Nullable String getContentType() {
    return fields.first("Content-Type");
  }

  @Override
  public int getContentLength() {
    return (int) head.contentLength();
  }

  @Override
  public long getContentLengthLong() {
    return head.contentLength();
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return encoding;
  }

  @Override
  public void setCharacterEncoding(String name) throws UnsupportedEncodingException {
    Charset charset;
    try {
      charset = Charset.forName(name);
    } catch (IllegalArgumentException e) {
      UnsupportedEncodingException unsupported = new UnsupportedEncodingException(name);
      unsupported.initCause(e);
      throw unsupported;
    }
    set(name, charset);
  }

  /** Of Servlet 6.1. */
  public void setCharacterEncoding(Charset charset) {
    set(charset.name(), charset);
  }

  private void set(String name, Charset charset) {
    if (reader != null) {
      return;
    }
    // Containers may read the query by it; the parameters here are read.
    if (head.isQueryEncoded() && (encoding == null || !charset.name().equalsIgnoreCase(encoding))) {
      throw fidelity().lose("setCharacterEncoding");
    }
    encoding = name;
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader != null) {
      throw new IllegalStateException("getReader() was called for this request");
    }
    if (stream == null) {
      stream = new EmptyInputStream(fidelity());
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() {
    if (stream != null) {
      throw new IllegalStateException("getInputStream() was called for this request");
    }
    if (reader == null) {
      reader = new BufferedReader(Reader.nullReader());
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = head.parameters().get(name);
    return values == null || values.length == 0 ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = head.parameters().get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(head.parameters().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return head.parameters();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return attributes.names();
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    attributes.set(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.set(name, null);
  }

  ContainerHabits habits() {
    return ContainerHabits.of(head.context());
  }
}
