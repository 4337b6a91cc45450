package dev.slipstream.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problems for what the server refuses itself, such as a malformed request. */
final class ProblemPages extends ErrorHandler {
  private final InstantSource clock;
  private final Map<String, String> fields;

  /**
   * Makes them.
   *
   * @param fields what they are sent with
   */
  ProblemPages(InstantSource clock, Map<String, String> fields) {
    this.clock = clock;
    this.fields = fields;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    String correlationId = CorrelationId.of(request.getHeaders().get(CorrelationId.FIELD));
    ObjectNode problem =
        Json.MAPPER
            .createObjectNode()
            .put("type", "about:blank")
            .put("title", HttpStatus.getMessage(code))
            .put("status", code)
            .put("timestamp", Answers.text(clock.instant()))
            .put("correlation_id", correlationId)
            .put("service", Answers.SERVICE);
    response.setStatus(code);
    fields.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answers.PROBLEM);
    response.getHeaders().put(CorrelationId.FIELD, correlationId);
    response.write(true, ByteBuffer.wrap(Json.bytes(problem)), callback);
  }
}
