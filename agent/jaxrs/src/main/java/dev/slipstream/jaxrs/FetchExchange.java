package dev.slipstream.jaxrs;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.AnswerTags;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Forward;
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.UnsafeRequest;
import dev.slipstream.engine.http.Validation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that the application answers, while the cache takes a copy where it may, and gives a
 * stored answer in place of the application's where it has one standing by.
 *
 * <p>What the application reads of the request cannot be seen here. So every field that shapes
 * answers counts as read, and Accept, by which JAX-RS chooses, as named by Vary.
 */
final class FetchExchange implements ResourceExchange {
  private static final int NOT_MODIFIED = 304;
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;

  private final Engine engine;
  private final ResourceRequestView view;
  private final Forward why;
  private final Decision.@Nullable Fetch fetch;
  private final @Nullable Fill fill;
  private final boolean telling;
  private final @Nullable UnsafeRequest unsafe;
  private final @Nullable BiConsumer<Integer, Fields> conditionTrial;
  private final UnseenEnds.Watched permit;
  private final long startNanos;
  private final ReadSet reads = new ReadSet();
  private final AnswerTags tags;
  private final List<String> tagFields;
  private boolean conditioned;
  private boolean answered;
  private int status;
  private Fields own = Fields.EMPTY;
  private Fields filtered = Fields.EMPTY;
  private String told = "";
  private boolean variesByCoding;
  private @Nullable Object entity;
  private @Nullable HitExchange replacement;
  private long sentBytes = -1;

  /**
   * Begins an exchange.
   *
   * @param why why the cache does not answer
   * @param fetch the decision, where the cache takes part
   * @param fill the copy; null where none is taken
   * @param telling whether the client may be told; else somebody has done so
   * @param permit the request's leave to go on, given back with its end
   */
  FetchExchange(
      Engine engine,
      ResourceRequestView view,
      Forward why,
      Decision.@Nullable Fetch fetch,
      @Nullable Fill fill,
      boolean telling,
      UnseenEnds.Watched permit,
      long startNanos) {
    this.permit = permit;
    this.engine = engine;
    this.view = view;
    this.why = why;
    this.fetch = fetch;
    this.fill = fill;
    this.telling = telling && why.isTold();
    this.startNanos = startNanos;
    this.unsafe = engine.httpCache().unsafe(view);
    this.conditionTrial =
        fetch == null || fetch.validation() != null
            ? null
            : engine.httpCache().conditionTrial(view);
    boolean tagged = why.isTold() && (fetch != null || why == Forward.PRECONDITION);
    this.tagFields = tagged ? engine.settings().http().tagFields() : List.of();
    this.tags = new AnswerTags(tagFields);
    reads.enumerated();
    reads.negotiated();
  }

  /** The application is asked with our conditions, where the implementation lets it. */
  void putConditions(MultivaluedMap<String, String> headers) {
    Validation validation = fetch == null ? null : fetch.validation();
    if (validation == null || validation.conditions().size() == 0) {
      return;
    }
    Fields conditions = validation.conditions();
    try {
      for (String name : conditions.names()) {
        for (String key : List.copyOf(headers.keySet())) {
          if (key.equalsIgnoreCase(name)) {
            headers.remove(key);
          }
        }
        conditions.all(name).forEach(value -> headers.add(name, value));
      }
      conditioned = true;
    } catch (UnsupportedOperationException e) {
      conditioned = false; // a 304 is then the answer to the client's own
    }
  }

  @Override
  public void answered(ContainerResponseContext response) {
    if (answered) {
      abandon(Refusal.FAILED); // this is the answer to what went wrong with the first
      replacement = null;
      return;
    }
    answered = true;
    Decision.Serve serve = inPlaceOf(response);
    if (serve != null) {
      HitExchange stored = new HitExchange(engine, view, serve, startNanos);
      permit.ended(response.getStatus() != NOT_MODIFIED, true);
      stored.takeOver(response);
      replacement = stored;
    } else {
      own = Headers.of(response.getHeaders(), null);
    }
  }

  private Decision.@Nullable Serve inPlaceOf(ContainerResponseContext response) {
    Validation validation = fetch == null ? null : fetch.validation();
    if (fetch == null || validation == null) {
      return null;
    }
    int code = response.getStatus();
    if (conditioned && validation.isConfirmedBy(code)) {
      Fields fields = Headers.of(response.getHeaders(), null);
      return engine
          .httpCache()
          .confirmed(fetch, fill, ResponseHead.of(code, Fields.EMPTY, fields), reads);
    }
    return engine.httpCache().insteadOfError(fetch, code);
  }

  @Override
  public void filtered(ContainerRequestContext request, ContainerResponseContext response) {
    if (replacement != null) {
      replacement.filtered(request, response);
      return;
    }
    if (Identity.isKnown(request)) {
      reads.identified(); // the application may have learnt it only now
    }
    MultivaluedMap<String, Object> headers = response.getHeaders();
    takeTags(headers);
    status = response.getStatus();
    entity = response.hasEntity() ? response.getEntity() : null;
    Fields all = Headers.of(headers, entity == null ? null : response.getMediaType());
    if (isStream(response.getMediaType())) {
      permit.release(); // it lasts for as long as its client listens
    }
    filtered = all;
    if (conditionTrial != null) {
      conditionTrial.accept(status, all);
    }
    begin(all, headers);
    if (unsafe != null) {
      unsafe.answered(status, all.first("Location"), all.first("Content-Location"));
    }
    if (fetch != null && view.method().equals("HEAD")) {
      engine.httpCache().answeredHead(fetch, head(all), reads);
    }
    if (entity == null) {
      complete(withLength(all));
      end(status);
    }
  }

  private static boolean isStream(@Nullable MediaType type) {
    return type != null
        && type.getType().equalsIgnoreCase("text")
        && type.getSubtype().equalsIgnoreCase("event-stream");
  }

  private void takeTags(MultivaluedMap<String, Object> headers) {
    for (String name : tagFields) {
      for (String key : List.copyOf(headers.keySet())) {
        List<Object> values = key.equalsIgnoreCase(name) ? headers.remove(key) : null;
        if (values != null) {
          values.forEach(value -> tags.add(name, String.valueOf(value)));
        }
      }
    }
  }

  private void begin(Fields all, MultivaluedMap<String, Object> headers) {
    boolean stored = false;
    long ttl = 0;
    if (fill != null && fill.isOpen()) {
      fill.begin(head(all));
      stored = fill.isToBeStored();
      ttl = fill.ttlSeconds();
      if (stored && fill.isGzipped()) {
        variesByCoding = true;
        headers.add("Vary", "Accept-Encoding");
      }
    }
    if (telling) {
      told = engine.httpCache().cacheStatus(why, fetch, status, stored, ttl);
      headers.add(CacheStatus.FIELD, told);
    }
  }

  @Override
  public void write(WriterInterceptorContext context) throws IOException {
    if (replacement != null) {
      replacement.write(context);
      return;
    }
    Object whole = entity;
    entity = null;
    if (whole == null || context.getEntity() != whole) {
      abandon(Refusal.INCOMPLETE); // a part of what is written piece by piece
      if (whole != null) {
        end(status);
      }
      context.proceed();
      return;
    }
    CopyingStream copying = fill == null || !fill.isOpen() ? null : copying(context);
    try {
      context.proceed();
    } catch (Throwable t) {
      abandon(Refusal.FAILED);
      if (t instanceof IOException) {
        permit.release(); // its client is gone
      }
      end(0);
      throw t;
    }
    end(status);
    if (copying != null) {
      guarded("a copy's end", () -> written(context, copying));
    }
  }

  private CopyingStream copying(WriterInterceptorContext context) {
    CopyingStream copying = new CopyingStream(context.getOutputStream(), this);
    context.setOutputStream(copying);
    return copying;
  }

  /**
   * Interceptors that encode or buffer may have more to write. Jersey closes their streams, which
   * is the end; elsewhere nobody does, so that what comes after a flush comes never.
   */
  private void written(WriterInterceptorContext context, CopyingStream copying) {
    Fields sent = Headers.of(context.getHeaders(), context.getMediaType());
    OutputStream outermost = context.getOutputStream();
    if (outermost == copying) {
      complete(sent);
    } else if (context.getClass().getName().startsWith("org.glassfish.jersey.")) {
      copying.whenClosed(() -> guarded("a copy's end", () -> complete(sent)));
    } else {
      copying.flushedFromAbove(outermost);
      complete(sent);
      copying.whenWrittenTo(this::cameLate);
    }
  }

  /** Bytes have come after what was thought the end: what was stored without them is wrong. */
  private void cameLate() {
    guarded("dropping a copy that was cut off", () -> engine.httpCache().purge(view, false));
  }

  void wrote(byte[] bytes, int offset, int count) {
    sentBytes = Math.max(0, sentBytes) + count;
    if (fill != null) {
      guarded("copying an answer", () -> fill.append(bytes, offset, count));
    }
  }

  private void complete(Fields sent) {
    if (fill != null && fill.isOpen()) {
      fill.complete(head(sent), reads, tags.all());
    }
  }

  /** An answer without an entity is one of no bytes, and of some statuses has no length. */
  private Fields withLength(Fields all) {
    boolean bodiless = status == 204 || status == 304 || all.contains("Content-Length");
    return bodiless ? all : all.replacedBy(Fields.of("Content-Length", "0"));
  }

  private ResponseHead head(Fields sent) {
    Fields others = told.isEmpty() ? sent : sent.withoutLast(CacheStatus.FIELD, told);
    Fields all = variesByCoding ? others.withoutLast("Vary", "Accept-Encoding") : others;
    List<String> targeted = engine.settings().http().targetedFields();
    return new ResponseHead(
        status, all, Headers.stored(own, filtered, all, targeted), Fields.EMPTY);
  }

  private void end(int code) {
    permit.ended(code == 0 || code >= FIRST_SERVER_ERROR, code < FIRST_CLIENT_ERROR);
    guarded(
        "an exchange's end",
        () -> {
          long nanos = System.nanoTime() - startNanos;
          engine.httpCache().counters().took(nanos);
          engine
              .endpoints()
              .at(view.method(), view.path())
              .record(why.outcome(), code, nanos, sentBytes);
        });
  }

  private void abandon(Refusal why) {
    if (fill != null) {
      guarded("giving up a copy", () -> fill.abandon(why));
    }
  }

  /** Does what the application did not ask for: an error gives the copy up and goes no further. */
  private void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (Throwable t) {
      engine.errors().record(what, t);
      if (fill != null) {
        fill.abandon(Refusal.FAILED);
      }
    }
  }
}
