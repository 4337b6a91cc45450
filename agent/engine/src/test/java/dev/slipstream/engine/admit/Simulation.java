package dev.slipstream.engine.admit;

import dev.slipstream.config.rules.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with a bounded number of threads before several backends, event by event: a request
 * takes a thread, asks for admission and holds the thread until its backend has answered. Clients
 * give up after 2 s. The optimizer's fast tick, each 500 ms, is played with its rules of entering
 * (2 samples) and leaving (3).
 */
final class Simulation {
  private static final double PATIENCE_SECONDS = 2;
  private static final int LEAST_LIMIT = 20;
  private static final double TICK_SECONDS = 0.5;
  private static final double PAUSE_SECONDS = 0.01;
  private static final long ORIGIN_NANOS = -7_000_000_000L; // nano times may be below zero

  /** What an endpoint's backend does, by the time in seconds. */
  record Endpoint(
      String name,
      DoubleUnaryOperator requestsPerSecond,
      DoubleUnaryOperator latencySeconds,
      DoubleUnaryOperator failureShare,
      int backendPlaces,
      double storedShare) {
    static Endpoint of(String name, double perSecond, DoubleUnaryOperator latencySeconds) {
      return new Endpoint(
          name, at -> perSecond, latencySeconds, at -> 0, Integer.MAX_VALUE, /* storedShare= */ 0);
    }
  }

  /** A request's end, as its client sees it. */
  record Answer(double at, String endpoint, boolean useful, boolean refused) {}

  private record Event(double at, long order, Runnable run) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private static final class Rule {
    boolean in;
    int run;

    /** 1 to enter, -1 to leave. */
    int advance(boolean over, boolean under) {
      boolean counts = in ? under : over;
      run = counts ? run + 1 : 0;
      if (run < (in ? 3 : 2)) {
        return 0;
      }
      run = 0;
      in = !in;
      return in ? 1 : -1;
    }
  }

  private final class Site {
    final Endpoint endpoint;
    final @Nullable EndpointGuard guard;
    final Rule throttle = new Rule();
    final Rule breaker = new Rule();
    final ArrayDeque<Runnable> backendQueue = new ArrayDeque<>();
    int backendBusy;
    boolean asksAgain;

    Site(Endpoint endpoint) {
      this.endpoint = endpoint;
      this.guard = control.guard("GET", endpoint.name(), nanos());
    }
  }

  private final AdmissionControl control;
  private final Random random;
  private final int threads;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final ArrayDeque<Runnable> accepted = new ArrayDeque<>();
  private final List<Site> sites = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  private double now;
  private long order;
  private int busy;

  Simulation(boolean on, int threads, long seed, List<Endpoint> endpoints) {
    this.control = new AdmissionControl(on, LEAST_LIMIT, path -> false);
    this.random = new Random(seed);
    this.threads = threads;
    for (Endpoint endpoint : endpoints) {
      Site site = new Site(endpoint);
      sites.add(site);
      at(0, () -> arrive(site));
    }
    if (on) {
      at(TICK_SECONDS, this::tick);
    }
  }

  /** Has clients ask for an endpoint, each again as soon as it is answered or refused. */
  Simulation clients(String endpoint, int count) {
    for (Site site : sites) {
      if (site.endpoint.name().equals(endpoint)) {
        site.asksAgain = true;
        for (int i = 0; i < count; i++) {
          at(i * PAUSE_SECONDS, () -> ask(site));
        }
      }
    }
    return this;
  }

  Simulation run(double seconds) {
    while (!events.isEmpty() && events.peek().at() <= seconds) {
      Event event = events.poll();
      now = event.at();
      event.run().run();
    }
    return this;
  }

  private long nanos() {
    return ORIGIN_NANOS + (long) (now * 1e9);
  }

  private void at(double when, Runnable run) {
    events.add(new Event(when, order++, run));
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private void arrive(Site site) {
    double rate = site.endpoint.requestsPerSecond().applyAsDouble(now);
    at(now + (rate > 0 ? exponential(1 / rate) : 1), () -> arrive(site));
    if (rate > 0) {
      ask(site);
    }
  }

  private void ask(Site site) {
    double arrived = now;
    Runnable request = () -> serve(site, arrived);
    if (busy < threads) {
      request.run();
    } else {
      accepted.add(request);
    }
  }

  private void serve(Site site, double arrived) {
    if (now - arrived > PATIENCE_SECONDS) {
      answered(site, arrived, false, false); // the client is gone, which nobody notices
      return;
    }
    long start = nanos();
    TurnedAway turnedAway =
        control.admit(site.guard, Priority.DEFAULT, site.endpoint.name(), start);
    if (turnedAway != null) {
      boolean stale = random.nextDouble() < site.endpoint.storedShare();
      answered(site, arrived, stale, true);
      return;
    }
    busy++;
    Permit permit = control.permit(site.guard, start);
    Runnable work =
        () -> {
          site.backendBusy++;
          double took =
              site.endpoint.latencySeconds().applyAsDouble(now) * (0.8 + 0.4 * random.nextDouble());
          boolean failed = random.nextDouble() < site.endpoint.failureShare().applyAsDouble(now);
          at(
              now + took,
              () -> {
                site.backendBusy--;
                if (!site.backendQueue.isEmpty()) {
                  site.backendQueue.poll().run();
                }
                permit.ended(nanos(), failed);
                answered(site, arrived, !failed, false);
                free();
              });
        };
    if (site.backendBusy < site.endpoint.backendPlaces()) {
      work.run();
    } else {
      site.backendQueue.add(work);
    }
  }

  private void free() {
    busy--;
    while (busy < threads && !accepted.isEmpty()) {
      accepted.poll().run();
    }
  }

  private void answered(Site site, double arrived, boolean good, boolean refused) {
    boolean useful = good && now - arrived <= PATIENCE_SECONDS;
    answers.add(new Answer(now, site.endpoint.name(), useful, refused));
    if (site.asksAgain) {
      at(now + PAUSE_SECONDS, () -> ask(site));
    }
  }

  private void tick() {
    control.tick(nanos());
    for (Site site : sites) {
      EndpointGuard guard = site.guard;
      if (guard == null) {
        continue;
      }
      Signals signals = guard.signals();
      int throttle =
          site.throttle.advance(
              Congestion.isOver(signals, null, 95), Congestion.isUnder(signals, null, 95));
      if (throttle != 0) {
        guard.throttle(throttle > 0, nanos());
        note(site, throttle > 0 ? "throttle" : "throttle off", guard.signals());
      }
      int breaker = site.breaker.advance(signals.isFailing(), !signals.isFailing());
      if (breaker != 0) {
        guard.breaker(breaker > 0, nanos());
        note(site, breaker > 0 ? "breaker" : "breaker off", guard.signals());
      }
    }
    at(now + TICK_SECONDS, this::tick);
  }

  private void note(Site site, String what, Signals signals) {
    log.add(String.format(Locale.ROOT, "%.1f %s %s %s", now, site.endpoint.name(), what, signals));
  }

  /** Useful answers a second of an endpoint between two moments. */
  double useful(String endpoint, double from, double to) {
    return answers.stream()
            .filter(a -> a.useful() && a.endpoint().equals(endpoint))
            .filter(a -> a.at() >= from && a.at() < to)
            .count()
        / (to - from);
  }

  /** Requests of an endpoint that were refused between two moments. */
  long refused(String endpoint, double from, double to) {
    return answers.stream()
        .filter(a -> a.refused() && a.endpoint().equals(endpoint))
        .filter(a -> a.at() >= from && a.at() < to)
        .count();
  }

  /** When an endpoint's first request was refused at or after a moment. */
  double firstRefusal(String endpoint, double from) {
    return answers.stream()
        .filter(a -> a.refused() && a.endpoint().equals(endpoint) && a.at() >= from)
        .mapToDouble(Answer::at)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** When an endpoint's last request was refused. */
  double lastRefusal(String endpoint) {
    return answers.stream()
        .filter(a -> a.refused() && a.endpoint().equals(endpoint))
        .mapToDouble(Answer::at)
        .reduce(0, Math::max);
  }

  /** Requests under way that hold a thread. */
  int busy() {
    return busy;
  }

  AdmissionControl control() {
    return control;
  }
}
