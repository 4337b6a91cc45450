package dev.slipstream.servlet;

import dev.slipstream.engine.AgentThreads;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.AnswerTags;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Refreshes;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.Validation;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Refreshes stale answers behind those who get them (RFC 5861 §3): the servlet is run once more, on
 * a thread of ours, for the cache alone.
 *
 * <p>Each run has a thread of its own, which ends with it, and there are {@value #MOST_AT_ONCE} of
 * them at most: further answers stay stale until the next request.
 */
final class Refresher {
  private static final int MOST_AT_ONCE = 4;

  /** What of the client's request is about its own copy, or about a part. */
  private static final Set<String> CLIENTS_OWN =
      Set.of("if-none-match", "if-modified-since", "if-range", "range");

  private final Engine engine;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  Refresher(Engine engine) {
    this.engine = engine;
  }

  /** Whether an answer can be refreshed behind its client; else the client has to wait for it. */
  boolean canRefresh(Call call, Decision.Fetch fetch) {
    return call.point().equals("servlet")
        && call.target() instanceof Servlet
        && !engine.httpCache().refreshes().isUnfaithful(fetch);
  }

  /** Begins a refresh, unless one is under way; called while the request is valid. */
  void refresh(Servlet servlet, HttpServletRequest request, Decision.Fetch fetch) {
    Refreshes refreshes = engine.httpCache().refreshes();
    if (!refreshes.begin(fetch)) {
      return;
    }
    if (!places.tryAcquire()) {
      refreshes.end(fetch);
      return;
    }
    boolean started = false;
    try {
      SnapshotRequest snapshot = SnapshotRequest.of(request);
      Validation validation = fetch.validation();
      if (snapshot == null || validation == null) {
        refreshes.unfaithful(fetch);
        return;
      }
      SnapshotRequest asked =
          snapshot.with(
              snapshot.fields().without(CLIENTS_OWN::contains).replacedBy(validation.conditions()));
      Fill fill = engine.httpCache().fill(fetch);
      AgentThreads.make("refresh", () -> run(servlet, asked, fetch, fill)).start();
      started = true;
    } finally {
      if (!started) {
        places.release();
        refreshes.end(fetch);
      }
    }
  }

  private void run(Servlet servlet, SnapshotRequest request, Decision.Fetch fetch, Fill fill) {
    try {
      take(new BackgroundRun(servlet, request, fill.maxBodyBytes()).run(), request, fetch, fill);
    } catch (Throwable t) {
      engine.errors().record("refreshing an answer", t);
    } finally {
      fill.close();
      places.release();
      engine.httpCache().refreshes().end(fetch);
    }
  }

  private void take(
      BackgroundRun.Outcome outcome, SnapshotRequest request, Decision.Fetch fetch, Fill fill) {
    if (outcome instanceof BackgroundRun.Unfaithful) {
      engine.httpCache().refreshes().unfaithful(fetch);
    }
    if (!(outcome instanceof BackgroundRun.Answer answer) || answer.error()) {
      fill.abandon(Refusal.FAILED);
      return;
    }
    AnswerTags tags = new AnswerTags(engine.settings().http().tagFields());
    answer.fields().forEach((name, value) -> addTo(tags, name, value));
    Fields fields = answer.fields().without(name -> tags.isField(name.toLowerCase(Locale.ROOT)));
    ResponseHead head = new ResponseHead(answer.status(), fields, fields, Fields.EMPTY);
    Validation validation = fetch.validation();
    if (validation != null && validation.isConfirmedBy(answer.status())) {
      engine.httpCache().confirmed(fetch, fill, head, request.reads());
      return;
    }
    fill.begin(head);
    fill.append(answer.body(), 0, answer.body().length);
    fill.complete(head, request.reads(), tags.all());
  }

  private static void addTo(AnswerTags tags, String name, String value) {
    if (tags.isField(name)) {
      tags.add(name, value);
    }
  }
}
