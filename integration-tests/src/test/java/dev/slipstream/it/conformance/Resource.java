package dev.slipstream.it.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** One path of the origin: what it answers there, in turn, and what it was asked. Thread-safe. */
final class Resource {
  private final String path;
  private final Queue<Reply> replies = new ArrayDeque<>();
  private final List<ReceivedRequest> received = new ArrayList<>();

  Resource(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Adds answers to those still to be given. */
  synchronized Resource replies(Reply... next) {
    replies.addAll(List.of(next));
    return this;
  }

  /** Takes the next answer for a request. */
  synchronized Reply next(ReceivedRequest request) {
    received.add(request);
    Reply next = replies.poll();
    return next != null ? next : Reply.of(418, "one request more than the test has replies for");
  }

  /** Every request so far. */
  synchronized List<ReceivedRequest> received() {
    return List.copyOf(received);
  }

  int requests() {
    return received().size();
  }

  ReceivedRequest last() {
    List<ReceivedRequest> all = received();
    return all.get(all.size() - 1);
  }
}
