package dev.slipstream.it.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** One path of the origin: what it answers there, in turn, and what it was asked. Thread-safe. */
public final class Resource {
  private final String path;
  private final Queue<Reply> replies = new ArrayDeque<>();
  private final List<ReceivedRequest> received = new ArrayList<>();

  private Function<ReceivedRequest, Reply> otherwise =
      request -> Reply.of(418, "one request more than the test has replies for");

  Resource(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }

  /** Adds answers to those still to be given. */
  public synchronized Resource replies(Reply... next) {
    replies.addAll(List.of(next));
    return this;
  }

  /** What is answered once no other answers are left. */
  public synchronized Resource answers(Function<ReceivedRequest, Reply> rule) {
    otherwise = rule;
    return this;
  }

  /** Takes the next answer for a request. */
  synchronized Reply next(ReceivedRequest request) {
    received.add(request);
    Reply next = replies.poll();
    return next != null ? next : otherwise.apply(request);
  }

  /** Every request so far. */
  public synchronized List<ReceivedRequest> received() {
    return List.copyOf(received);
  }

  public int requests() {
    return received().size();
  }

  public ReceivedRequest last() {
    List<ReceivedRequest> all = received();
    return all.get(all.size() - 1);
  }
}
