package dev.slipstream.jaxrs;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.HttpDate;
import dev.slipstream.engine.http.Payload;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored answer on its way out. The application's response filters run on it as they did on the
 * resource's; its interceptors, whose work is in the stored bytes, do not.
 */
final class HitExchange implements ResourceExchange {
  private enum State {
    MADE,
    ON_ITS_WAY,
    GIVEN_UP
  }

  private final Engine engine;
  private final ResourceRequestView view;
  private final Decision.Serve serve;
  private final Payload payload;
  private final Fields fields;
  private final byte @Nullable [] entity;
  private final long startNanos;
  private volatile State state = State.MADE;

  /** Makes the answer of a decision. */
  HitExchange(Engine engine, ResourceRequestView view, Decision.Serve serve, long startNanos) {
    this.engine = engine;
    this.view = view;
    this.serve = serve;
    this.startNanos = startNanos;
    this.payload = Payload.of(serve);
    Fields.Builder all = Fields.builder();
    payload.fields().forEach(all::add);
    serve.response().appended().forEach(all::add); // a servlet's, from another process
    this.fields = all.build();
    byte[] body = payload.body();
    boolean none = body == null || (body.length == 0 && !fields.contains("Content-Type"));
    this.entity = none ? null : body;
  }

  /** The answer as the resource might have given it. */
  Response response() {
    Response.ResponseBuilder response = Response.status(payload.status());
    fields.forEach(response::header);
    return entity == null ? response.build() : response.entity(entity).build();
  }

  /** Takes the place of the resource's answer. */
  void takeOver(ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    response.setStatus(payload.status());
    response.setEntity(entity);
    headers.clear();
    fields.forEach(headers::add);
    state = State.ON_ITS_WAY;
  }

  @Override
  public void answered(ContainerResponseContext response) {
    // The second answer is that to a failure of the application's own filters.
    state = state == State.MADE ? State.ON_ITS_WAY : State.GIVEN_UP;
  }

  @Override
  public void filtered(ContainerRequestContext request, ContainerResponseContext response) {
    if (state != State.ON_ITS_WAY) {
      return;
    }
    if (response.getStatus() != payload.status()) {
      state = State.GIVEN_UP; // a filter answers otherwise
      return;
    }
    if (response.getEntity() != entity) {
      response.setEntity(entity);
    }
    MultivaluedMap<String, Object> headers = response.getHeaders();
    List.copyOf(headers.keySet()).stream().filter(Headers::isAboutTheBody).forEach(headers::remove);
    Headers.replace(headers, fields.without(name -> !Headers.isAboutTheBody(name)));
    Headers.dropRepeated(headers, fields);
    Headers.replace(
        headers,
        Fields.of(
            "Date",
            HttpDate.format(serve.response().dateMillis()),
            "Age",
            Long.toString(serve.ageSeconds())));
    headers.add(CacheStatus.FIELD, serve.cacheStatus());
    byte[] body = payload.body();
    if (body != null && (payload.lengthStated() || view.method().equals("HEAD"))) {
      Headers.replace(headers, Fields.of("Content-Length", Integer.toString(body.length)));
    }
    long nanos = System.nanoTime() - startNanos;
    engine.httpCache().counters().took(nanos);
    long bytes = entity == null || view.method().equals("HEAD") ? 0 : entity.length;
    engine
        .endpoints()
        .at(view.method(), view.path())
        .record(serve.outcome(), payload.status(), nanos, bytes);
  }

  @Override
  public void write(WriterInterceptorContext context) throws IOException {
    if (state == State.ON_ITS_WAY && entity != null && context.getEntity() == entity) {
      context.getOutputStream().write(entity);
    } else {
      context.proceed();
    }
  }
}
