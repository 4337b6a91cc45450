package dev.slipstream.servlet;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.ServletCall;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.http.AnswerTags;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Forward;
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.http.RequestView;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.UnsafeRequest;
import dev.slipstream.engine.http.Validation;
import dev.slipstream.engine.profile.Outcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request that the application answers, while the cache takes a copy where it may, and gives a
 * stored answer in place of the application's where it has one standing by. An error of ours gives
 * the copy up, and goes no further.
 */
final class Exchange extends Passage {
  private final Engine engine;
  private final Forward why;
  private final Decision.@Nullable Fetch fetch;
  private final @Nullable Fill fill;
  private final HttpServletRequest original;
  private final HttpServletResponse originalResponse;
  private final @Nullable FilterVisit visit;
  private final MissGzip gzip;
  private final HitWriter.Before before;
  private final CapturingRequest request;
  private final CapturingResponse response;
  private final @Nullable Substitute substitute;
  private final ReadSet reads;
  private final boolean atEntry;
  private final AnswerTags tags;
  private final @Nullable ServletCall call = ServletCall.current();
  private final boolean tagged;
  private final Notice notice;
  private boolean begun;
  private int within; // of one dispatch after the other
  private long sentBytes;
  private volatile boolean forwarding;
  private volatile boolean abandoned;

  /**
   * Begins an exchange.
   *
   * @param why why the cache does not answer
   * @param fetch the decision, where the cache takes part
   * @param fill the copy; null where none is taken
   * @param visit set where it begins at a filter that may pass the request on
   * @param conditionTrial what is told of the application's own answer, or null
   * @param unsafe what the request makes invalid once it has succeeded, or null
   * @param guard who let the request go on and is told of its end, or null
   */
  Exchange(
      Engine engine,
      Forward why,
      Decision.@Nullable Fetch fetch,
      @Nullable Fill fill,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable FilterVisit visit,
      @Nullable UnsafeRequest unsafe,
      @Nullable BiConsumer<Integer, Fields> conditionTrial,
      @Nullable EndpointGuard guard,
      long startNanos) {
    super(engine, why, request, response, unsafe, conditionTrial, guard, startNanos);
    this.engine = engine;
    this.notice = new Notice(response, why.isTold(), engine.httpCache().cacheStatus(why, fetch));
    this.visit = visit;
    this.atEntry = fetch != null && fetch.lookup().request().place().equals(RequestView.ENTRY);
    this.reads = atEntry ? ReadSet.atEntry() : new ReadSet(visit != null);
    this.why = why;
    this.fetch = fetch;
    this.fill = fill;
    this.original = request;
    this.originalResponse = response;
    Validation validation = fetch == null ? null : fetch.validation();
    this.before =
        fill == null && validation == null
            ? HitWriter.Before.UNTOUCHED
            : HitWriter.Before.of(response);
    boolean tagged = why.isTold() && (fill != null || fetch != null || why == Forward.PRECONDITION);
    List<String> tagFields = tagged ? engine.settings().http().tagFields() : List.of();
    this.tagged = !tagFields.isEmpty();
    this.tags = new AnswerTags(tagFields);
    this.gzip = new MissGzip(engine, fill, request, response, reads, this::head);
    if (visit != null) {
      gzip.forgo(); // the filter may pass the request on
    }
    this.response = new CapturingResponse(response, this);
    this.substitute =
        fetch == null || validation == null
            ? null
            : new Substitute(
                engine, fetch, validation, fill, request, response, before, this::ruledHead, reads);
    this.request =
        new CapturingRequest(
            request, this, validation == null ? Fields.EMPTY : validation.conditions());
  }

  /** What the client is told. */
  Notice notice() {
    return notice;
  }

  @Override
  void announce() {
    notice.announce();
  }

  @Override
  boolean isAnnounced() {
    return notice.isAnnounced();
  }

  /** Whether the application needs to get our request and response. */
  boolean isWrapped() {
    return tagged || takesPart();
  }

  /** What is told once the answer begins needs our response, too. */
  private boolean takesPart() {
    return fill != null || substitute != null || (why.isTold() && visit != null);
  }

  /** Set where it was begun at a filter that may pass the request on. */
  @Nullable FilterVisit visit() {
    return visit;
  }

  @Override
  void goesOnElsewhere() {
    guarded(
        "handing an exchange on",
        () -> {
          if (fill != null) {
            fill.handOn();
          }
          forgoesSubstitute();
          gzip.forgo();
          response.goesOnUnseen();
        });
  }

  /** The request that a filter was given, where it passes ours on. */
  ServletRequest given(ServletRequest passedOn) {
    return passedOn == request ? original : passedOn;
  }

  /** The response likewise. */
  ServletResponse given(ServletResponse passedOn) {
    return passedOn == response ? originalResponse : passedOn;
  }

  CapturingRequest request() {
    return request;
  }

  CapturingResponse response() {
    return response;
  }

  /** The application asks for a request field. */
  void readsField(String name) {
    guarded("noting what is read", () -> reads.field(name));
  }

  /** The application goes through all request fields. */
  void readsAllFields() {
    guarded("noting what is read", reads::enumerated);
  }

  /** The application sets a cookie, which not every container shows among the fields. */
  void setsCookie() {
    abandon(Refusal.SET_COOKIE);
  }

  /**
   * A servlet is entered, of a request whose exchange may have begun before the filters. Returns
   * what ends that, or null.
   */
  @Nullable UnaryOperator<@Nullable Throwable> servletEntered() {
    if (!atEntry) {
      return null;
    }
    guarded("noting what is read", reads::reachesServlet);
    return thrown -> {
      if (!hasGoneAsync()) {
        guarded("noting what is read", reads::leavesServlet);
      }
      return thrown;
    };
  }

  /** The application asks for the client's address. */
  void readsAddress() {
    guarded("noting what is read", reads::addressed);
  }

  /** The application asks who is asking, and somebody is. */
  void readsIdentity() {
    try {
      reads.identified();
    } catch (Throwable t) {
      engine.errors().record("noting what is read", t);
      abandon(Refusal.CREDENTIALS);
    }
  }

  @Override
  boolean failed(Throwable thrown) {
    boolean answered = substitute != null && substitute.takesOverFailure();
    abandon(Refusal.FAILED);
    if (takesPart() && !isReplaced()) {
      guarded("ending a body", response::failsBody);
    }
    return answered;
  }

  @Override
  boolean isBroken() {
    return response.isBroken();
  }

  @Override
  void goesUnseen() {
    abandon(Refusal.INCOMPLETE);
    guarded("ending a body", response::goesOnUnseen);
  }

  /** Whether it is of that URL; a dispatch may lead to another. */
  boolean isAtItsUrl(String uri) {
    return uri.equals(original.getRequestURI());
  }

  /** Whether a filter had wrapped the response when the exchange began. */
  boolean isResponseFiltered() {
    return originalResponse instanceof ServletResponseWrapper;
  }

  /** The application has gone asynchronous with these, or with its own request and response. */
  AsyncContext asyncStarted(AsyncContext context, BooleanSupplier captured) {
    isAsync();
    gzip.forgo();
    announces();
    guarded(
        "following an asynchronous exchange",
        () -> {
          followThrough(context);
          if (!captured.getAsBoolean()) {
            abandon(Refusal.INCOMPLETE);
            response.goesOnUnseen();
          }
        });
    return substitute == null && !endsAtComplete() && !response.holdsBack()
        ? context
        : new CapturedAsyncContext(context, this);
  }

  /** Whether a stored answer still stands by. */
  boolean hasSubstitute() {
    return substitute != null && substitute.standsBy();
  }

  /** The stored answer cannot be given where the application goes on. */
  void forgoesSubstitute() {
    if (substitute != null) {
      substitute.forgo();
    }
  }

  /** The application goes on with the container's response, past those of filters. */
  void goesOnWith(HttpServletResponse beneath) {
    if (substitute != null) {
      substitute.goOnWith(beneath);
    }
  }

  @Override
  void failed() {
    abandon(Refusal.FAILED);
    if (substitute != null) {
      guarded(
          "answering instead of the application",
          () -> {
            if (substitute.takesOverFailure()) {
              flush();
            }
          });
    }
  }

  /** Before the container makes an error page of its own. */
  private void flush() {
    try {
      originalResponse.flushBuffer();
    } catch (IOException e) {
      return; // the client is gone, which the container notices too
    }
  }

  /** The application forwards: what it wrote before is thrown away. */
  void forwards() {
    forwarding = true;
    guarded("forwarding", this::forward);
  }

  private void forward() {
    if (!originalResponse.isCommitted()) { // else the application's call fails
      response.forgetCopy();
      gzip.forgo();
      response.holdsBackNoMore();
    }
  }

  /** A forwarded request has come to a servlet; past our dispatcher, the copy is not right. */
  void forwarded() {
    if (!forwarding) {
      abandon(Refusal.INCOMPLETE);
      guarded("forwarding", response::holdsBackNoMore); // the copy is not open any more
    }
  }

  /** The container is about to answer by itself, or on another thread, which may end the answer. */
  void announces() {
    if (why.isTold() && !isHandedOn() && !notice.isAnnounced() && !originalResponse.isCommitted()) {
      guarded("telling the client", notice::announce);
    }
  }

  /** Whether the answer goes out in gzip. */
  MissGzip gzip() {
    return gzip;
  }

  /** Gives the copy up; called where the application is, so it never throws. */
  void abandon(Refusal why) {
    if (fill != null) {
      try {
        fill.abandon(why);
      } catch (Throwable t) {
        abandoned = true;
        engine.errors().record("giving up a copy", t);
      }
    }
  }

  /** The application throws its fields away. */
  void resetFields() {
    notice.forget();
    guarded("resetting a copy", tags::clear);
  }

  /** The application throws what it has written away. */
  void reset() {
    begun = false;
    if (fill != null) {
      guarded("resetting a copy", fill::reset);
    }
    if (substitute != null) {
      guarded("resetting a copy", substitute::beginAnew);
    }
  }

  /** Takes a field that is for the cache alone. Returns false for any other. */
  boolean takesTags(String name, String value, boolean instead) {
    if (isHandedOn() || !tags.isField(name)) {
      return false;
    }
    guarded(
        "taking tags",
        () -> {
          if (fill != null) {
            fill.isTagged();
          }
          if (instead) {
            tags.clear(name);
          }
          tags.add(name, value);
        });
    return true;
  }

  /** Whether a stored answer was given in place of the application's. */
  boolean isReplaced() {
    return substitute != null && substitute.isTaken();
  }

  /** The application's answer is an error page. Returns whether ours was given in its place. */
  boolean fails(int status) {
    boolean[] replaced = {false};
    if (substitute != null) {
      guarded(
          "answering instead of the application", () -> replaced[0] = substitute.takesOver(status));
    }
    if (!replaced[0]) {
      abandon(Refusal.FAILED);
    }
    return replaced[0];
  }

  /**
   * The application's answer is about to go out, or a part of it: the last moment at which ours can
   * take its place, and at which the client can be told.
   */
  boolean goesOut() {
    if (isHandedOn()) {
      return true;
    }
    if (substitute != null) {
      boolean[] replaced = {false};
      guarded("answering instead of the application", () -> replaced[0] = substitute.takesOver());
      if (replaced[0]) {
        return false;
      }
    }
    if (!begun) {
      begun = true;
      guarded("beginning a copy", this::begin);
    }
    return true;
  }

  private void begin() {
    if (isStream()) {
      releasesPermit();
    }
    boolean stored = false;
    long ttl = 0;
    if (fill != null && fill.isOpen()) {
      ResponseHead head = ruledHead();
      fill.begin(head);
      stored = fill.isToBeStored();
      ttl = fill.ttlSeconds();
      if (stored && fill.isGzipped()) {
        notice.variesByCoding();
        response.beginsInGzip();
      } else {
        saysWhetherCodingsVary(head);
      }
    } else if (fill == null) {
      saysWhetherCodingsVary(head());
    }
    if (takesPart()) {
      int status = originalResponse.getStatus();
      notice.say(engine.httpCache().cacheStatus(why, fetch, status, stored, ttl));
    }
  }

  /** What has no body says so as the answer would that has one (RFC 9110 §9.3.2, §15.4.5). */
  private void saysWhetherCodingsVary(ResponseHead head) {
    if (fetch != null && engine.httpCache().variesByCoding(fetch, head)) {
      notice.variesByCoding();
    }
  }

  void wrote(byte[] bytes, int offset, int count) {
    sentBytes += count;
    if (fill != null) {
      guarded("copying a response", () -> fill.append(bytes, offset, count));
    }
  }

  void wrote(int one) {
    sentBytes++;
    if (fill != null) {
      guarded("copying a response", () -> fill.append((byte) one));
    }
  }

  @Override
  void completes() {
    if (takesPart() && goesOut()) {
      guarded("ending a body", response::endsBody);
    }
  }

  private void failsBody() {
    if (takesPart() && !isReplaced()) {
      guarded("ending a body", response::failsBody);
    }
  }

  /** Whether it has begun before all filters, which belong to it. */
  boolean isAtEntry() {
    return atEntry;
  }

  /**
   * An asynchronous dispatch has come to the servlet, or to a chain where filters belong to the
   * exchange. Returns what ends that: with the outermost the dispatch does.
   */
  UnaryOperator<@Nullable Throwable> resumed() {
    within++;
    return thrown -> {
      within--;
      if (within == 0) {
        returned(thrown);
      }
      return thrown;
    };
  }

  /** A dispatch has ended: most containers end the answer now. */
  private void returned(@Nullable Throwable thrown) {
    if (!isHandedOn() && response.holdsBack()) {
      if (thrown != null) {
        failsBody();
      } else if (!original.isAsyncStarted()) {
        completes();
      }
    }
  }

  /** The application completes an asynchronous answer. */
  void completesAsync() {
    completes();
    if (endsAtComplete()) {
      endsAsync();
    }
  }

  @Override
  void completed() {
    if (call != null) {
      call.noteIn(reads);
    }
    if (fill != null && !abandoned && fill.isOpen() && !isReplaced()) {
      response.flushCopy();
      fill.complete(head(), reads, tags.all());
    }
    if (fetch != null && original.getMethod().equals("HEAD") && !isReplaced()) {
      ResponseHead head = head();
      engine.httpCache().answeredHead(fetch, head, reads);
      saysWhetherCodingsVary(head);
    }
  }

  @Override
  void releases() {
    response.releasesBody();
  }

  @Override
  void closes() {
    if (fill != null) {
      fill.close();
    }
  }

  @Override
  void lands() {
    if (fetch != null) {
      fetch.release();
    }
  }

  @Override
  Fields ownFields() {
    return response.ownFields();
  }

  @Override
  long sent() {
    long inGzip = response.sentInGzip();
    return inGzip < 0 ? sentBytes : inGzip;
  }

  @Override
  Outcome outcome() {
    Outcome stored = substitute == null ? null : substitute.outcome();
    return stored == null ? super.outcome() : stored;
  }

  @Override
  boolean isInsteadOfError() {
    return substitute != null && substitute.isInsteadOfError();
  }

  /** The head, once it is known what the method that has answered says of it. */
  private ResponseHead ruledHead() {
    if (call != null && fill != null) {
      call.ruleInto(fill);
    }
    return head();
  }

  private ResponseHead head() {
    Fields fields = notice.withoutOurs(response.ownFields());
    return ResponseHead.of(response.getStatus(), before.fields(), fields);
  }

  /** The copy is given up, too. */
  @Override
  void record(String what, Throwable error) {
    super.record(what, error);
    abandon(Refusal.FAILED);
  }
}
