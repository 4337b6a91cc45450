package dev.slipstream.servlet;

import dev.slipstream.engine.SuppressForbidden;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import org.apache.catalina.connector.OutputBuffer;
import org.apache.catalina.connector.Response;
import org.apache.catalina.connector.ResponseFacade;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A response of Tomcat's own over HTTP/1.1 that nobody has touched: it takes the head of an answer
 * as the bytes that are sent. Through the Servlet API every field is a text that Tomcat looks
 * through, encodes and looks through once more. Whoever asks for a field afterwards gets its text.
 *
 * <p>Each head has an array of its own: Tomcat keeps the arrays that it was given in the places of
 * fields, and writes the next response's Content-Length into one that is long enough.
 */
final class TomcatResponse {
  private static final String FACADE = "org.apache.catalina.connector.ResponseFacade";

  /** The names of the fields that every answer from the cache gets. */
  private static final String OURS = "DateAge" + CacheStatus.FIELD;

  /** Where a container has a class of that name and is not as Tomcat is. */
  private static volatile boolean unlike;

  private final HttpServletResponse facade;
  private final Response response;

  private TomcatResponse(HttpServletResponse facade, Response response) {
    this.facade = facade;
    this.response = response;
  }

  /** That of a request; null where it is another container's, a filter's, or has been touched. */
  static @Nullable TomcatResponse of(HttpServletRequest request, HttpServletResponse response) {
    if (unlike || !response.getClass().getName().equals(FACADE)) {
      return null;
    }
    try {
      TomcatResponse own = new TomcatResponse(response, Inside.of(response));
      return own.isUntouched() && request.getProtocol().equals("HTTP/1.1") ? own : null;
    } catch (LinkageError e) {
      unlike = true;
      return null;
    }
  }

  private boolean isUntouched() {
    return fields().size() == 0
        && facade.getContentType() == null
        && facade.getStatus() == HttpServletResponse.SC_OK
        && !facade.isCommitted();
  }

  private MimeHeaders fields() {
    return response.getCoyoteResponse().getMimeHeaders();
  }

  /**
   * Writes the fields of an answer.
   *
   * @param fields what is stored, {@linkplain Fields#isPrintable printable}
   * @param cacheStatus printable, too
   */
  void writeHead(Fields fields, String date, String age, String cacheStatus) {
    int length =
        fields.textLength() + OURS.length() + date.length() + age.length() + cacheStatus.length();
    Lines lines = new Lines(facade, fields(), new byte[length]);
    fields.forEachLine(lines);
    lines.add("Date", date);
    lines.add("Age", age);
    lines.add(CacheStatus.FIELD, cacheStatus);
  }

  /**
   * Writes a body that is larger than the response's buffer, which would send it in parts of its
   * size.
   */
  void writeBody(byte[] body) throws IOException {
    Inside.bufferOf(response).realWriteBytes(ByteBuffer.wrap(body));
  }

  /** Takes the lines of one head. */
  private static final class Lines implements Fields.Lines {
    private final HttpServletResponse facade;
    private final MimeHeaders head;
    private final byte[] bytes;
    private int end;

    Lines(HttpServletResponse facade, MimeHeaders head, byte[] bytes) {
      this.facade = facade;
      this.head = head;
      this.bytes = bytes;
    }

    @Override
    public void take(String name, String value, boolean again) {
      if (name.equalsIgnoreCase("Content-Type")) {
        facade.setContentType(value); // which is no field to Tomcat yet
      } else {
        add(name, value);
      }
    }

    void add(String name, String value) {
      MessageBytes line = head.addValue(bytes, copy(name), name.length());
      line.setBytes(bytes, copy(value), value.length());
    }

    /** Returns where the copy begins. */
    @SuppressForbidden("it is the one that copies ASCII without another array")
    @SuppressWarnings("deprecation")
    private int copy(String text) {
      int begin = end;
      end += text.length();
      text.getBytes(0, text.length(), bytes, begin);
      return begin;
    }
  }

  /** What Tomcat does not show. */
  private static final class Inside {
    private static final MethodHandle RESPONSE =
        field(ResponseFacade.class, "response", Response.class);
    private static final MethodHandle BUFFER =
        field(Response.class, "outputBuffer", OutputBuffer.class);

    private static MethodHandle field(Class<?> owner, String name, Class<?> type) {
      try {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
            .findGetter(owner, name, type);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("not as Tomcat is", e);
      }
    }

    static Response of(HttpServletResponse facade) {
      try {
        return (Response) RESPONSE.invokeExact((ResponseFacade) facade);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    static OutputBuffer bufferOf(Response response) {
      try {
        return (OutputBuffer) BUFFER.invokeExact(response);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private static LinkageError failed(Throwable thrown) {
      return thrown instanceof LinkageError already ? already : new LinkageError("a field", thrown);
    }
  }
}
