package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.Validation;
import dev.slipstream.engine.profile.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stored answer that stands by while the application makes its own, and takes its place where the
 * application confirms it (304) or fails.
 *
 * <p>That is settled once: before the first byte of the application's answer, or at its end. Until
 * then nothing has reached the client, so that either answer can. Thread-safe.
 */
final class Substitute {
  private enum State {
    STANDS_BY,
    DISMISSED,
    FORGONE,
    TAKEN
  }

  private final Engine engine;
  private final Decision.Fetch fetch;
  private final Validation validation;
  private final @Nullable Fill fill;
  private final HttpServletRequest request;
  private final HitWriter.Before before;
  private final Supplier<ResponseHead> head;
  private final ReadSet reads;
  private HttpServletResponse response;
  private State state = State.STANDS_BY;
  private boolean error;
  private @Nullable Outcome outcome;

  /**
   * Lets a stored answer stand by.
   *
   * @param response the container's, or that of the filters around the servlet
   * @param before what it was before the application ran
   * @param head what the application has made of it so far
   * @param reads what the application has looked at so far
   */
  Substitute(
      Engine engine,
      Decision.Fetch fetch,
      Validation validation,
      @Nullable Fill fill,
      HttpServletRequest request,
      HttpServletResponse response,
      HitWriter.Before before,
      Supplier<ResponseHead> head,
      ReadSet reads) {
    this.engine = engine;
    this.fetch = fetch;
    this.validation = validation;
    this.fill = fill;
    this.request = request;
    this.response = response;
    this.before = before;
    this.head = head;
    this.reads = reads;
  }

  Validation validation() {
    return validation;
  }

  /** The application goes on with another response, beneath that of filters. */
  synchronized void goOnWith(HttpServletResponse beneath) {
    response = beneath;
  }

  /** Whether the stored answer was given: what the application does to its own is of no effect. */
  synchronized boolean isTaken() {
    return state == State.TAKEN;
  }

  /** Whether it was given because the application has failed. */
  synchronized boolean isInsteadOfError() {
    return error;
  }

  /** How the exchange is counted where the stored answer was given; else null. */
  synchronized @Nullable Outcome outcome() {
    return outcome;
  }

  /** Whether it may still be given. */
  synchronized boolean standsBy() {
    return state == State.STANDS_BY;
  }

  /** The application's answer is about to begin, or ends empty. True where ours is given. */
  synchronized boolean takesOver() {
    return state == State.TAKEN || takesOver(response.getStatus());
  }

  /** The application's answer is an error page of this status. True where ours is given. */
  synchronized boolean takesOver(int status) {
    if (state != State.STANDS_BY || response.isCommitted()) {
      return state == State.TAKEN;
    }
    if (validation.isConfirmedBy(status)) {
      settle(engine.httpCache().confirmed(fetch, fill, head.get(), reads));
    } else {
      settle(engine.httpCache().insteadOfError(fetch, status));
      error = state == State.TAKEN;
    }
    return state == State.TAKEN;
  }

  /** The application has failed without an answer. True where ours is given. */
  synchronized boolean takesOverFailure() {
    if (state == State.STANDS_BY && !response.isCommitted()) {
      settle(engine.httpCache().insteadOfError(fetch, 0));
      error = state == State.TAKEN;
    }
    return state == State.TAKEN;
  }

  /** Gives the stored answer up for good. */
  synchronized void forgo() {
    if (state != State.TAKEN) {
      state = State.FORGONE;
    }
  }

  /** The application begins anew: what it does next decides. */
  synchronized void beginAnew() {
    if (state == State.DISMISSED && !response.isCommitted()) {
      state = State.STANDS_BY;
    }
  }

  private void settle(Decision.@Nullable Serve answer) {
    state = State.DISMISSED;
    if (answer == null) {
      return;
    }
    HitWriter writer = HitWriter.inPlaceOf(before, request, response);
    if (writer != null) {
      outcome = answer.outcome();
      state = State.TAKEN; // even if writing it fails: bytes of ours may be out
      write(writer, answer);
    }
  }

  /**
   * The application's answer is gone: if ours fails before a byte of it is out, that is an error.
   */
  private void write(HitWriter writer, Decision.Serve answer) {
    try {
      writer.write(answer);
    } catch (Throwable t) {
      engine.errors().record("answering instead of the application", t);
      if (!response.isCommitted()) {
        before.restore(response);
        response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      }
    }
  }
}
