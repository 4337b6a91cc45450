package dev.slipstream.console.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request as a line of a file, those that the server itself refused too. Thread-safe. */
public final class AccessLog implements RequestLog, AutoCloseable {
  /** The attribute of a request that names who sent it. */
  public static final String WHO = "dev.slipstream.console.who";

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final String CORRELATION_ID = "X-Correlation-ID";
  private static final long LARGEST_FILE = 20_000_000;
  private static final int FILES_KEPT = 4;

  private final RotatingFile file;
  private final AtomicBoolean failed = new AtomicBoolean();

  private AccessLog(RotatingFile file) {
    this.file = file;
  }

  /** One in a file. */
  public static AccessLog in(Path path) throws IOException {
    return new AccessLog(RotatingFile.open(path, LARGEST_FILE, FILES_KEPT));
  }

  @Override
  public void log(Request request, Response response) {
    try {
      file.append(line(request, response).text());
      failed.set(false);
    } catch (IOException e) {
      if (!failed.getAndSet(true)) {
        LOG.error("the access log cannot be written: {}", e.toString());
      }
    }
  }

  private static AccessLine line(Request request, Response response) {
    HttpFields fields = request.getHeaders();
    Object who = request.getAttribute(WHO);
    return new AccessLine(
        Request.getRemoteAddr(request),
        who == null ? "-" : who.toString(),
        Instant.ofEpochMilli(Request.getTimeStamp(request)),
        request.getMethod(),
        request.getHttpURI().getPath() == null ? "-" : request.getHttpURI().getPath(),
        request.getConnectionMetaData().getProtocol(),
        response.getStatus(),
        Response.getContentBytesWritten(response),
        fields.get(HttpHeader.REFERER),
        fields.get(HttpHeader.USER_AGENT),
        response.getHeaders().get(CORRELATION_ID),
        Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()));
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("the access log cannot be closed: {}", e.toString());
    }
  }
}
