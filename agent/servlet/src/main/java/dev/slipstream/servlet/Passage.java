package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.UntoldEnds;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Forward;
import dev.slipstream.engine.http.UnsafeRequest;
import dev.slipstream.engine.profile.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request that the application answers: it is counted and timed, and what it holds is given
 * back. An {@link Exchange} is one in which the cache takes part.
 *
 * <p>It ends with the servlet's return or, once the application has gone asynchronous, with the
 * container's completion; in either case exactly once. Where neither is seen it leaves, which gives
 * back all that it holds. Everything here runs inside calls that the application makes: an error of
 * ours goes no further.
 */
class Passage extends Toll
    implements UnaryOperator<@Nullable Throwable>, AsyncListener, UntoldEnds.Looked {
  private final Forward why;
  private final @Nullable UnsafeRequest unsafe;
  private final @Nullable BiConsumer<Integer, Fields> conditionTrial;
  private boolean ended;
  private boolean announced;
  private volatile boolean async;
  private volatile boolean endsAtComplete;
  private volatile @Nullable AsyncContext followed;
  private volatile boolean handedOn;

  /**
   * Begins one.
   *
   * @param why why the cache does not answer
   * @param conditionTrial what is told of the application's own answer, or null
   * @param unsafe what the request makes invalid once it has succeeded, or null
   * @param guard who let the request go on and is told of its end, or null
   */
  Passage(
      Engine engine,
      Forward why,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable UnsafeRequest unsafe,
      @Nullable BiConsumer<Integer, Fields> conditionTrial,
      @Nullable EndpointGuard guard,
      long startNanos) {
    super(engine, request, response, guard, startNanos);
    this.why = why;
    this.unsafe = unsafe;
    this.conditionTrial = conditionTrial;
  }

  // What an exchange has beyond this.

  /** The application has thrown. Returns whether the client was answered by us. */
  boolean failed(Throwable thrown) {
    return false;
  }

  /** The application has failed, and has not thrown. */
  void failed() {}

  /** It goes on where its response is not seen. */
  void goesUnseen() {}

  /** Whatever answers it now has an exchange of its own. */
  void goesOnElsewhere() {}

  /** Its answer ends; it may not have begun. */
  void completes() {}

  /** Its answer has ended. */
  void completed() {}

  /** The exchange is over, however that came: called more than once. */
  void releases() {}

  /** The same, once. */
  void closes() {}

  /** Nobody waits for it any more. */
  void lands() {}

  /** The fields that the application has set. */
  Fields ownFields() {
    return ResponseFields.of(originalResponse());
  }

  /** Bytes of the body that were sent; 0 where that is not known. */
  long sent() {
    return 0;
  }

  Outcome outcome() {
    return why.outcome();
  }

  boolean isInsteadOfError() {
    return false;
  }

  /** The container has to end the answer as one that was cut off. */
  boolean isBroken() {
    return false;
  }

  // Its way.

  Forward why() {
    return why;
  }

  /** Tells the client, where it is told anything, why the cache does not answer. */
  void announce() {
    announced = true;
    originalResponse().addHeader(CacheStatus.FIELD, why.cacheStatus());
  }

  /** Whether the client was told, or will be. */
  boolean isAnnounced() {
    return announced;
  }

  boolean isHandedOn() {
    return handedOn;
  }

  /**
   * Who was asked has passed the request on: whatever answers it now has an exchange of its own.
   */
  void handOn() {
    handedOn = true;
    goesOnElsewhere();
    leaves();
  }

  /** The application has gone asynchronous through us. */
  void isAsync() {
    async = true;
  }

  boolean hasGoneAsync() {
    return async;
  }

  /** Whether an asynchronous answer ends with the application's call, which we see. */
  boolean endsAtComplete() {
    return endsAtComplete;
  }

  /** The servlet has returned or thrown. */
  @Override
  public @Nullable Throwable apply(@Nullable Throwable thrown) {
    if (handedOn) {
      return thrown;
    }
    boolean answered = false;
    try {
      answered = left(thrown);
    } catch (Throwable t) {
      record("ending an exchange", t);
    }
    if (thrown == null && isBroken()) {
      return new IOException("the answer was cut off"); // so that the container does it, too
    }
    return answered ? null : thrown;
  }

  /** Ends it, and has it leave, whatever becomes of its end, unless others tell of that. */
  @Nullable Throwable endsAndLeaves(@Nullable Throwable thrown) {
    try {
      return apply(thrown);
    } finally {
      if (followed == null && !endsAtComplete) {
        leaves();
      }
    }
  }

  /** Returns whether what the servlet threw was answered by us. */
  private boolean left(@Nullable Throwable thrown) {
    if (thrown != null) {
      boolean answered = failed(thrown);
      if (ClientAbort.isCauseOf(thrown)) {
        clientIsGone();
      }
      end(ClientFault.isCauseOf(thrown) ? HttpServletResponse.SC_BAD_REQUEST : 0);
      return answered;
    }
    if (async) {
      return false; // followed since it was begun
    }
    if (original().isAsyncStarted()) {
      goesUnseen(); // begun past our request: so is its response
      followUnseen();
    } else {
      completes();
      finish();
    }
    return false;
  }

  private void followUnseen() {
    if (ContainerHabits.losesStatusToListeners(original().getServletContext())) {
      return; // what becomes of it is not seen
    }
    try {
      follow(original().getAsyncContext());
    } catch (IllegalStateException e) {
      end(originalResponse().getStatus()); // completed meanwhile, on another thread
    }
  }

  /** Follows an asynchronous answer to its end, in the way that its container allows. */
  void followThrough(AsyncContext context) {
    endsAtComplete = ContainerHabits.losesStatusToListeners(original().getServletContext());
    if (!endsAtComplete) {
      follow(context);
    }
  }

  private void follow(AsyncContext context) {
    context.addListener(this);
    followed = context;
    engine().untoldEnds().watch(this);
  }

  /**
   * Whether the container has done with it without a word: Tomcat 10.1.54 and 11.0.27 do where the
   * application makes an asynchronous answer an error and its client has gone meanwhile.
   */
  @Override
  public boolean isOver() {
    AsyncContext context = followed;
    try {
      if (context != null) {
        long unused = context.getTimeout();
      }
      return false;
    } catch (IllegalStateException e) {
      guarded("ending an exchange that nobody has ended", this::leaves);
      return true;
    } catch (RuntimeException e) {
      return false; // while the container is about to forget it
    }
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // The container forgets listeners when an asynchronous exchange is begun again.
    guarded("following an asynchronous exchange", () -> follow(event.getAsyncContext()));
  }

  @Override
  public void onComplete(AsyncEvent event) {
    endsAsync();
  }

  /** An asynchronous answer has ended. */
  void endsAsync() {
    guarded("ending an asynchronous exchange", this::finish);
    leaves();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    failed();
  }

  @Override
  public void onError(AsyncEvent event) {
    Throwable thrown = event.getThrowable();
    if (thrown instanceof IOException || ClientAbort.isCauseOf(thrown)) {
      clientIsGone();
    }
    failed();
    // Not every container completes an exchange whose client has gone.
    guarded("giving a permit back", () -> givesPermitBack(0, isInsteadOfError()));
  }

  private void finish() {
    if (handedOn) {
      return;
    }
    if (conditionTrial != null) {
      conditionTrial.accept(originalResponse().getStatus(), ownFields());
    }
    completed();
    end(originalResponse().getStatus());
  }

  private void end(int status) {
    releases();
    if (isFirstEnd()) {
      closes();
      ended(status, outcome(), isInsteadOfError(), sent());
      if (unsafe != null) {
        unsafe.answered(
            status,
            originalResponse().getHeader("Location"),
            originalResponse().getHeader("Content-Location"));
      }
    }
  }

  /**
   * Whatever has become of it, nobody waits for it, nor counts it as under way, longer than it
   * lasts. Where it has not ended it is not counted: another exchange is, or nobody sees its end.
   */
  void leaves() {
    releases();
    if (isFirstEnd()) {
      notCounted();
      closes();
    }
    lands();
    releasesPermit();
    if (followed != null) {
      engine().untoldEnds().forget(this);
    }
  }

  private synchronized boolean isFirstEnd() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Does what the application did not ask for: an error of ours goes no further. */
  void guarded(String what, Runnable action) {
    try {
      action.run();
    } catch (Throwable t) {
      record(what, t);
    }
  }

  /** Counts an error of ours. */
  void record(String what, Throwable error) {
    engine().errors().record(what, error);
  }
}
