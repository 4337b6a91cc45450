package dev.slipstream.console.targets;

import static dev.slipstream.console.targets.Failure.Kind.GONE;
import static dev.slipstream.console.targets.Failure.Kind.HANGING;

import dev.slipstream.config.jmx.ObjectNames;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.management.JMException;
import javax.management.remote.JMXConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway as the console reaches it: a connection that is kept and made again, on a few threads
 * of its own. Thread-safe.
 *
 * <p>A call in RMI cannot be interrupted, so it is made on one of these threads and given up on at
 * its deadline; the thread comes back when RMI's own, longer timeout is over. A gateway that hangs
 * is asked again only by {@link #probe}: everyone else hears at once that it hangs, so that it
 * costs a deadline once and not with every request.
 */
public final class Gateway {
  /** How long reading everything of a gateway may take, connecting included. */
  public static final Duration READ_DEADLINE = Duration.ofSeconds(2);

  /** How long removing from its cache may take, once the gateway has shown that it answers. */
  public static final Duration CHANGE_DEADLINE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int THREADS = 4;

  /** For what may take long: it does not keep short readings waiting. */
  private static final int PATIENT_THREADS = 2;

  private static final int WAITING = 32;
  private static final int IDLE_SECONDS = 30;

  private final String name;
  private final Connector connector;
  private final Question<?> look;
  private final InstantSource clock;
  private final ThreadPoolExecutor threads;
  private final ThreadPoolExecutor patientThreads;
  private final AtomicReference<@Nullable JMXConnector> connection = new AtomicReference<>();
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile TargetState state;
  private volatile boolean seen;
  private volatile boolean departed;

  /**
   * Makes a gateway that was not asked yet.
   *
   * @param look what it has to answer to be up
   */
  Gateway(String name, Connector connector, Question<?> look, InstantSource clock) {
    this.name = name;
    this.connector = connector;
    this.look = look;
    this.clock = clock;
    this.state = TargetState.connecting(clock.instant());
    this.threads = threads(name, THREADS);
    this.patientThreads = threads(name, PATIENT_THREADS);
  }

  private static ThreadPoolExecutor threads(String name, int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            ConsoleThreads.named(name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** What it is called in the API. */
  public String name() {
    return name;
  }

  /** How it was when it was last heard of. */
  public TargetState state() {
    return state;
  }

  /** Whether it has gone for good. */
  public boolean departed() {
    return departed;
  }

  /** Whether the agent was ever found there. */
  boolean seen() {
    return seen;
  }

  /** Reads from it, within {@link #READ_DEADLINE}. */
  public <T> CompletableFuture<Reply<T>> read(Question<T> question) {
    Failure known = knownFailure();
    if (known != null) {
      return CompletableFuture.completedFuture(new Reply.Failed<>(name, known));
    }
    return call(threads, question, READ_DEADLINE, ended -> {}, this::unreachable);
  }

  /**
   * Changes something, within {@link #CHANGE_DEADLINE}, if it shows within {@link #READ_DEADLINE}
   * that it answers. Never tried twice. A change that runs over its deadline may still be made.
   */
  public <T> CompletableFuture<Reply<T>> change(Question<T> question) {
    return ifItAnswers(
        () -> call(patientThreads, question, CHANGE_DEADLINE, ended -> {}, this::perhapsChanged));
  }

  /**
   * Reads what may take long, within {@link #CHANGE_DEADLINE}, if it shows within {@link
   * #READ_DEADLINE} that it answers.
   */
  public <T> CompletableFuture<Reply<T>> search(Question<T> question) {
    return ifItAnswers(
        () -> call(patientThreads, question, CHANGE_DEADLINE, ended -> {}, reply -> reply));
  }

  private <T> CompletableFuture<Reply<T>> ifItAnswers(Supplier<CompletableFuture<Reply<T>>> next) {
    return read(agent -> true)
        .thenCompose(
            reply ->
                reply instanceof Reply.Failed<Boolean> failed
                    ? CompletableFuture.completedFuture(new Reply.Failed<>(name, failed.failure()))
                    : next.get());
  }

  /**
   * Looks whether it is up, even if it hung before; one look at a time. What comes after the
   * deadline still counts: a JVM may take longer than that to load what JMX needs.
   */
  CompletableFuture<Reply<Boolean>> probe() {
    if (departed || !probing.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(failed(HANGING, "has not answered yet"));
    }
    return call(threads, this::look, READ_DEADLINE, this::looked, this::unreachable);
  }

  /**
   * It is not there for good: it is not asked any more.
   *
   * @param why what became of it, for the operator
   */
  synchronized void depart(String why) {
    move(new Failure(GONE, why));
    departed = true;
    close();
  }

  /** Gives the connection up; the next call makes another. */
  void disconnect() {
    JMXConnector kept = connection.getAndSet(null);
    if (kept != null) {
      submit(threads, () -> closeQuietly(kept));
    }
  }

  void close() {
    disconnect();
    threads.shutdown();
    patientThreads.shutdown();
  }

  private <T> Reply<T> perhapsChanged(Reply<T> reply) {
    boolean late = reply instanceof Reply.Failed<T> failed && failed.failure().kind() == HANGING;
    return late ? failed(HANGING, "did not finish in time, and still may") : reply;
  }

  private @Nullable Failure knownFailure() {
    TargetState now = state;
    Failure failure = now.failure();
    boolean hangs = failure != null && failure.kind() == HANGING;
    return departed || hangs ? failure : null;
  }

  /**
   * Asks on a thread of its own.
   *
   * @param ended told what came in the end, be it after the deadline
   * @param seen takes what came of it; not where it was not even asked, since too many wait
   */
  private <T> CompletableFuture<Reply<T>> call(
      ThreadPoolExecutor pool,
      Question<T> question,
      Duration deadline,
      Consumer<Reply<T>> ended,
      UnaryOperator<Reply<T>> seen) {
    CompletableFuture<Reply<T>> answer = new CompletableFuture<>();
    Runnable task =
        () -> {
          Reply<T> reply =
              answer.isDone() ? failed(HANGING, "was not asked in time") : ask(question);
          ended.accept(reply);
          answer.complete(reply);
        };
    if (!submit(pool, task)) {
      Reply<T> busy = failed(HANGING, "has not answered earlier calls yet");
      ended.accept(busy);
      return CompletableFuture.completedFuture(busy);
    }
    return answer
        .completeOnTimeout(
            failed(HANGING, "did not answer in time"), deadline.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(seen);
  }

  private <T> Reply<T> ask(Question<T> question) {
    try {
      return new Reply.Answer<>(name, question.ask(agent()));
    } catch (Exception | LinkageError e) {
      return new Reply.Failed<>(name, Failure.of(e));
    }
  }

  private AgentBeans agent() throws IOException, JMException, NoAgentException {
    JMXConnector kept = connection.get();
    AgentBeans agent = kept == null ? null : stillConnected(kept);
    return agent == null ? connect() : agent;
  }

  /** The agent on the kept connection; null if that is broken, and another is to be made. */
  private @Nullable AgentBeans stillConnected(JMXConnector kept)
      throws JMException, NoAgentException {
    try {
      return agentOn(kept);
    } catch (IOException e) {
      connection.compareAndSet(kept, null);
      closeQuietly(kept);
      return null;
    }
  }

  private AgentBeans connect() throws IOException, JMException, NoAgentException {
    JMXConnector fresh = connector.connect();
    if (!connection.compareAndSet(null, fresh)) {
      JMXConnector other = connection.get();
      closeQuietly(fresh);
      if (other == null) {
        throw new IOException("the connection was given up");
      }
      return agentOn(other);
    }
    return agentOn(fresh);
  }

  private static AgentBeans agentOn(JMXConnector connector)
      throws IOException, JMException, NoAgentException {
    AgentBeans agent = new AgentBeans(connector.getMBeanServerConnection());
    if (!agent.has(ObjectNames.AGENT)) {
      throw new NoAgentException();
    }
    return agent;
  }

  private boolean look(AgentBeans agent) throws IOException, JMException {
    seen = true;
    Object unused = look.ask(agent);
    return true;
  }

  private void looked(Reply<Boolean> reply) {
    probing.set(false);
    if (reply instanceof Reply.Failed<Boolean> failed) {
      move(failed.failure());
    } else {
      move(null);
    }
  }

  /** Notes that it cannot be reached, which a reading may learn before the next look does. */
  private <T> Reply<T> unreachable(Reply<T> reply) {
    if (reply instanceof Reply.Failed<T> failed
        && (failed.failure().kind() == HANGING || failed.failure().kind() == GONE)) {
      move(failed.failure());
    }
    return reply;
  }

  private <T> Reply<T> failed(Failure.Kind kind, String error) {
    return new Reply.Failed<>(name, new Failure(kind, error));
  }

  private synchronized void move(@Nullable Failure failure) {
    if (departed) {
      return;
    }
    TargetState before = state;
    state = before.after(failure, clock.instant());
    if (!seen || before.label().equals(state.label())) {
      return;
    }
    if (failure == null) {
      LOG.info("gateway {} is up", name);
    } else {
      LOG.warn("gateway {} {}", name, failure.error());
    }
  }

  private static boolean submit(ThreadPoolExecutor pool, Runnable task) {
    try {
      pool.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void closeQuietly(JMXConnector connector) {
    try {
      connector.close();
    } catch (IOException e) {
      // The other end is gone, which is as closed as it can be.
    }
  }
}
