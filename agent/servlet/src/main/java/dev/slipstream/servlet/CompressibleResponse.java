package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.GzipVariant;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response that may go out in gzip, while the application sees it as it made it: without the
 * coding, with its own entity tag and length.
 */
abstract class CompressibleResponse extends ReplaceableResponse {
  private static final String LENGTH = "Content-Length";
  private static final String TYPE = "Content-Type";
  private static final String CODING = "Content-Encoding";
  private static final String TAG = "ETag";
  private static final String GZIP = "gzip";

  /** Those that encode a text in parts as they do the whole. */
  private static final Set<Charset> CHARSETS =
      Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

  private final Exchange exchange;
  private @Nullable CopyingOutputStream stream;
  private boolean isTaken;
  private @Nullable EncodingWriter text;
  private @Nullable Charset charset;
  private @Nullable GzipBody body;
  private @Nullable Fields own;
  private long length = -1;
  private boolean isCoded;

  CompressibleResponse(HttpServletResponse response, Exchange exchange) {
    super(response);
    this.exchange = exchange;
    this.isCoded = response.containsHeader(CODING);
  }

  /** The fields as they stand. */
  abstract Fields currentFields();

  @Override
  boolean isReplaced() {
    return exchange.isReplaced();
  }

  @Override
  boolean goesOut() {
    return exchange.goesOut();
  }

  private HttpServletResponse container() {
    return (HttpServletResponse) getResponse();
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (text != null) {
      throw new IllegalStateException("the writer is in use");
    }
    return stream();
  }

  /** One for all, since an application may go on with that which it had before a reset. */
  private CopyingOutputStream stream() throws IOException {
    CopyingOutputStream one = stream;
    if (one == null || !isTaken) {
      ServletOutputStream container = super.getOutputStream();
      if (one == null || one.container() != container) {
        one = new CopyingOutputStream(container, exchange);
      }
      stream = one;
      isTaken = true;
    }
    return one;
  }

  /**
   * A writer on our stream, where the answer may go out in gzip and the container is one of which
   * is known what it makes of the charset; else null.
   */
  @Nullable PrintWriter ownWriter() {
    try {
      return !isTaken && exchange.gzip().mayBe() ? newWriter() : null;
    } catch (IOException | RuntimeException e) {
      return null; // the container says what is wrong, if anything is
    }
  }

  private @Nullable PrintWriter newWriter() throws IOException {
    String type = getContentType();
    if (type == null) {
      return null;
    }
    ContainerHabits habits = exchange.gzip().habits();
    Charset encoding = Charset.forName(getCharacterEncoding());
    if (habits.kind() == ContainerHabits.Kind.OTHER || !CHARSETS.contains(encoding)) {
      return null;
    }
    settle(type, getCharacterEncoding());
    charset = encoding;
    boolean again = stream != null;
    boolean failsOnceClosed = habits.kind() != ContainerHabits.Kind.TOMCAT;
    EncodingWriter own = new EncodingWriter(stream(), encoding, failsOnceClosed);
    if (again) {
      own.holdsBackNoMore(); // from what is written to a writer that was there before a reset
    }
    text = own;
    return new PrintWriter(own) {
      @Override
      public void close() { // which else keeps what comes later from our writer
        try {
          own.close();
        } catch (IOException e) {
          setError();
        }
      }
    };
  }

  /** Has the type name the charset where the container's writer would have it do so. */
  private void settle(String type, String name) {
    if (!type.toLowerCase(Locale.ROOT).contains("charset=")
        && !exchange.gzip().habits().isAssumed(type, name)) {
      super.setCharacterEncoding(name);
    }
  }

  /** The answer begins, and may go out in gzip. */
  void beginsInGzip() {
    boolean mayBeLong = length < 0 || length >= GzipVariant.SMALLEST_BYTES;
    if (stream != null
        && isTaken
        && mayBeLong
        && exchange.gzip().mayBe()
        && exchange.gzip().isNow()) {
      body = new GzipBody(stream.container(), this, getBufferSize());
      stream.through(body);
    }
  }

  /** Whether bytes or characters of the answer may be here, and not yet in the container. */
  boolean holdsBack() {
    return body != null || text != null;
  }

  /** The application's answer ends. */
  void endsBody() {
    try {
      encodes();
      if (body != null) {
        body.finish();
      }
    } catch (IOException e) {
      exchange.clientIsGone();
    }
  }

  /** The application goes on where it is not seen: nothing waits for an end any more. */
  void goesOnUnseen() {
    failsBody();
    if (text != null) {
      text.holdsBackNoMore();
    }
  }

  /** The application has failed: the container gets what it would have. */
  void failsBody() {
    try {
      encodes();
      if (body != null) {
        body.fail();
      }
    } catch (IOException e) {
      exchange.clientIsGone();
    }
  }

  /**
   * The application forwards, and from now on all goes to the container at once: some containers
   * end the response before anybody else learns that the forward has.
   */
  void holdsBackNoMore() {
    forgetsBody();
    if (text != null) {
      text.holdsBackNoMore();
    }
  }

  private void encodes() throws IOException {
    if (text != null) {
      text.encode();
    }
  }

  /** What the application has written is thrown away. */
  void forgetsBody() {
    if (text != null) {
      text.forget();
    }
    if (body != null && stream != null && body.drop()) {
      stream.through(null);
      body = null;
    }
  }

  /** The exchange is over, however that came. */
  void releasesBody() {
    if (body != null) {
      body.release();
    }
  }

  /** Whether the client has got a part of the answer, and must not take it for all of it. */
  boolean isBroken() {
    return body != null && body.isBroken();
  }

  /** Bytes that went to the client in gzip; -1 where the answer is not. */
  long sentInGzip() {
    return body == null || own == null ? -1 : body.sentBytes();
  }

  /** Whether a body of this length is all that the application has announced. */
  boolean isWhole(long bytes) {
    return length < 0 || length == bytes;
  }

  /**
   * Has the container's response say that it is in gzip. Returns false where that cannot be said;
   * nothing is changed then.
   *
   * @param bytes the length of all of it; -1 where more is to come
   */
  boolean becomesGzip(int bytes) {
    HttpServletResponse container = container();
    if (container.isCommitted() || !exchange.gzip().isNow()) {
      return false;
    }
    Fields before = ownFields();
    if (length >= 0) {
      container.setContentLength(bytes);
      if (bytes < 0 && container.containsHeader(LENGTH)) { // it cannot be taken back there
        container.setContentLengthLong(length);
        return false;
      }
    }
    container.setHeader(CODING, GZIP);
    if (!GZIP.equals(container.getHeader(CODING))) { // the application is including
      if (length >= 0) {
        container.setContentLengthLong(length);
      }
      return false;
    }
    String tag = container.getHeader(TAG);
    if (tag != null) {
      container.setHeader(TAG, GzipVariant.weak(tag));
    }
    own = before;
    return true;
  }

  void commits() throws IOException {
    container().flushBuffer();
  }

  void gzipFailed(Throwable failure) {
    exchange.gzip().failed(failure);
  }

  /** What the container makes of other than ASCII that is printed on its stream. */
  byte[] printed(String printed) {
    return printed.getBytes(
        exchange.gzip().habits().kind() == ContainerHabits.Kind.TOMCAT
            ? StandardCharsets.ISO_8859_1
            : Charset.forName(getCharacterEncoding()));
  }

  @Override
  public void flushBuffer() throws IOException {
    encodes();
    if (body != null && goesOut()) {
      body.flush();
    }
    super.flushBuffer();
  }

  @Override
  public void setBufferSize(int size) {
    if (body != null && body.isHeld()) {
      throw new IllegalStateException("the body has begun");
    }
    super.setBufferSize(size);
  }

  @Override
  public void reset() {
    super.reset();
    forgetsBody();
    if (text != null) {
      text.holdsBackNoMore(); // the application may have kept it
      text = null;
    }
    isTaken = false;
    charset = null;
    own = null;
    length = -1;
    isCoded = false;
  }

  // What the application states of the length, which not every container shows; and that its bytes
  // have a coding, to tell it from one that the container gives them when it commits the response.

  @Override
  public void setContentLength(int stated) {
    note(stated);
    super.setContentLength(stated);
  }

  @Override
  public void setContentLengthLong(long stated) {
    note(stated);
    super.setContentLengthLong(stated);
  }

  @Override
  public void setIntHeader(String name, int value) {
    note(name, Integer.toString(value));
    super.setIntHeader(name, value);
  }

  @Override
  public void addIntHeader(String name, int value) {
    note(name, Integer.toString(value));
    super.addIntHeader(name, value);
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    note(name, value);
    super.setHeader(name, TYPE.equalsIgnoreCase(name) ? withoutCharset(value) : value);
    typed(name, value);
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    note(name, value);
    super.addHeader(name, TYPE.equalsIgnoreCase(name) ? withoutCharset(value) : value);
    typed(name, value);
  }

  private void note(String name, @Nullable String value) {
    isCoded |= CODING.equalsIgnoreCase(name);
    if (LENGTH.equalsIgnoreCase(name)) {
      try {
        note(value == null ? -1 : Long.parseLong(value.strip()));
      } catch (NumberFormatException e) {
        note(-1); // the container has to see to it
      }
    }
  }

  private void note(long stated) {
    if (!isCommitted()) {
      length = stated;
    }
  }

  // The charset is settled once the writer is taken (Servlet §5.5).

  @Override
  public void setContentType(@Nullable String type) {
    super.setContentType(withoutCharset(type));
    typed(TYPE, type);
  }

  @Override
  public void setCharacterEncoding(@Nullable String encoding) {
    if (text == null) {
      super.setCharacterEncoding(encoding);
    }
  }

  private @Nullable String withoutCharset(@Nullable String type) {
    return text == null || type == null ? type : type.split(";", 2)[0].strip();
  }

  private void typed(String name, @Nullable String type) {
    if (charset != null && type != null && TYPE.equalsIgnoreCase(name)) {
      settle(type.split(";", 2)[0], charset.name());
    }
  }

  // What the application asks about its fields leaves the coding out.

  /** The application's fields, as they stand or as they were before they said gzip. */
  Fields ownFields() {
    if (own != null) {
      return own;
    }
    Fields fields = currentFields();
    if (!isCoded && exchange.isWrapped() && fields.contains(CODING)) { // the copy is without it
      fields = fields.without(CODING::equalsIgnoreCase);
    }
    if (length < 0 || body == null || fields.contains(LENGTH)) {
      return fields;
    }
    Fields.Builder all = Fields.builder();
    fields.forEach(all::add);
    return all.add(LENGTH, Long.toString(length)).build(); // Tomcat shows it late
  }

  @Override
  public @Nullable String getHeader(String name) {
    return own == null ? super.getHeader(name) : own.first(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return own == null ? super.getHeaders(name) : List.copyOf(own.all(name));
  }

  @Override
  public Collection<String> getHeaderNames() {
    return own == null ? super.getHeaderNames() : own.names();
  }

  @Override
  public boolean containsHeader(String name) {
    return own == null ? super.containsHeader(name) : own.contains(name);
  }
}
