package dev.slipstream.servlet;

import dev.slipstream.engine.Call;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Filters of one class. Most pass requests on, and some answer: frameworks that are deployed as a
 * filter, and gateways that are one.
 *
 * <p>A filter's answer is stored where it did not pass the request on, and given by that filter
 * alone: what stands before it, such as one that checks who is asking, still runs.
 */
final class FilterEntry {
  private static final int MOST_FILTERS = 64;

  /** A filter and what it does; a filter that is gone is forgotten. */
  private record Known(WeakReference<Object> filter, FilterHabits habits) {}

  private final Exchanges exchanges;
  private final String className;
  private volatile List<Known> known = List.of();

  FilterEntry(Exchanges exchanges, String className) {
    this.exchanges = exchanges;
    this.className = className;
  }

  @Nullable UnaryOperator<@Nullable Throwable> enter(Call call) {
    if (!ServletAdapter.isRequest(call)) {
      return resume(call);
    }
    HttpServletRequest request = (HttpServletRequest) call.request();
    HttpServletResponse response = (HttpServletResponse) call.response();
    FilterHabits habits = habitsOf(call.target());
    String path = request.getRequestURI();
    FilterHabits.Habit habit = habits == null ? FilterHabits.Habit.PASSES : habits.at(path);
    if (habits == null || habit == FilterHabits.Habit.PASSES) {
      return null;
    }
    FilterVisit visit = new FilterVisit(habits, path);
    UnderWay underWay = UnderWay.begin(request, visit);
    if (underWay == null) {
      return null;
    }
    UnaryOperator<@Nullable Throwable> exit;
    try {
      boolean known = habit == FilterHabits.Habit.ANSWERS;
      exit = exchanges.beginAt(call, habits.place(), visit, known);
    } catch (Throwable t) {
      underWay.end();
      throw t;
    }
    return thrown -> {
      underWay.end();
      visit.left(thrown, response.getStatus());
      return exit.apply(thrown);
    };
  }

  /** A filter that has gone asynchronous is entered again, and may pass the request on then. */
  private @Nullable UnaryOperator<@Nullable Throwable> resume(Call call) {
    if (!(call.request() instanceof HttpServletRequest request)
        || request.getDispatcherType() != DispatcherType.ASYNC) {
      return null;
    }
    Exchange exchange = CapturingRequest.exchangeOf(request);
    FilterVisit visit = exchange == null ? null : exchange.visit();
    FilterHabits habits = visit == null ? null : habitsOf(call.target());
    if (visit == null || habits == null || !visit.isAt(habits)) {
      return null;
    }
    UnderWay underWay = UnderWay.begin(request, visit);
    return underWay == null
        ? null
        : thrown -> {
          underWay.end();
          return thrown;
        };
  }

  private @Nullable FilterHabits habitsOf(Object filter) {
    for (Known one : known) {
      if (one.filter().refersTo(filter)) {
        return one.habits();
      }
    }
    return learn(filter);
  }

  /**
   * A class's only filter in the process is the same in other processes of the gateway. Of several,
   * nobody can tell which is which: their answers are shared with no other process.
   */
  private synchronized @Nullable FilterHabits learn(Object filter) {
    List<Known> all = new ArrayList<>();
    for (Known one : known) {
      if (one.filter().refersTo(filter)) {
        return one.habits();
      }
      if (!one.filter().refersTo(null)) {
        all.add(one);
      }
    }
    if (all.size() >= MOST_FILTERS) {
      return null;
    }
    if (all.size() == 1) {
      Known first = all.get(0);
      all.set(0, new Known(first.filter(), new FilterHabits(ownPlace())));
    }
    FilterHabits habits = new FilterHabits(all.isEmpty() ? className : ownPlace());
    all.add(new Known(new WeakReference<>(filter), habits));
    known = List.copyOf(all);
    return habits;
  }

  private String ownPlace() {
    return className + '#' + UUID.randomUUID();
  }
}
