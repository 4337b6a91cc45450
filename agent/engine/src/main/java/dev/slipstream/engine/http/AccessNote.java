package dev.slipstream.engine.http;

import dev.slipstream.engine.learn.Learning;

/** Tells what was decided about a request to who learns from it. */
final class AccessNote {
  private AccessNote() {}

  static void note(Learning learning, RequestView request, Decision decision) {
    boolean get = request.method().equals("GET") || request.method().equals("HEAD");
    if (!get && request.bodyHash() == null) {
      return;
    }
    if (decision instanceof Decision.Serve serve) {
      asked(
          learning,
          request,
          serve.ttlSeconds() < 0 ? Learning.Asked.STALE_HIT : Learning.Asked.HIT,
          true);
    } else if (decision instanceof Decision.Fetch fetch) {
      boolean credentialed = fetch.lookup().isCredentialed();
      asked(
          learning,
          request,
          fetch.why().isBypass() ? Learning.Asked.BYPASS : Learning.Asked.MISS,
          !credentialed);
      if (credentialed) {
        learning.credentialed(request.method(), request.path());
      } else if (fetch.lookup().stored() == null) {
        learning.missed(fetch.lookup().foundUnder());
      }
    } else if (decision instanceof Decision.Observe observe && observe.observed() != null) {
      boolean credentialed = observe.observed().lookup().isCredentialed();
      asked(learning, request, Learning.Asked.BYPASS, !credentialed);
      if (credentialed) {
        learning.credentialed(request.method(), request.path());
      }
    } else if (decision instanceof Decision.Pass pass) {
      asked(learning, request, Learning.Asked.MISS, !pass.identified());
      if (pass.identified()) {
        learning.credentialed(request.method(), request.path());
      }
    } else {
      asked(learning, request, Learning.Asked.BYPASS, false);
    }
  }

  /** What is asked for is a URL; what identities ask for is not the same though it looks so. */
  private static void asked(
      Learning learning, RequestView request, Learning.Asked what, boolean comparable) {
    String path = request.path();
    String query = request.query();
    int url = comparable ? 31 * path.hashCode() + (query == null ? 7 : query.hashCode()) : 0;
    learning.asked(request.method(), path, url, what);
  }
}
