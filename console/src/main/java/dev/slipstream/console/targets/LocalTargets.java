package dev.slipstream.console.targets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways among the JVMs of this machine and user: those that have the agent's MBeans.
 *
 * <p>Whether a JVM has them can be seen only in its MBean server, so every JVM is asked once, and
 * one without an agent again after ever longer times: an agent may still be attached to it. One
 * whose process has ended is remembered for a while, to say that it is gone.
 */
public final class LocalTargets implements Targets {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTargets.class);
  private static final Duration BETWEEN_SCANS = Duration.ofSeconds(2);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private static final int LOOKS_BEFORE_A_PROBLEM = 3;

  /** A bound to threads and connections, far beyond what one machine runs. */
  private static final int MOST_JVMS = 256;

  private final JvmList jvms;
  private final Question<?> look;
  private final InstantSource clock;
  private final Map<ProcessHandle, Candidate> candidates = new ConcurrentHashMap<>();
  private Instant nextScan = Instant.MIN;
  private volatile @Nullable String scanProblem;

  /**
   * Makes a search that has found nothing yet.
   *
   * @param look what a gateway has to answer to be up
   */
  public LocalTargets(Question<?> look, InstantSource clock) {
    this(new AttachableJvms(clock), look, clock);
  }

  LocalTargets(JvmList jvms, Question<?> look, InstantSource clock) {
    this.jvms = jvms;
    this.look = look;
    this.clock = clock;
  }

  @Override
  public List<Gateway> all() {
    return candidates.values().stream()
        .map(candidate -> candidate.gateway)
        .filter(Gateway::seen)
        .sorted(Comparator.comparing(Gateway::name))
        .toList();
  }

  @Override
  public List<String> problems() {
    return Stream.concat(
            Stream.ofNullable(scanProblem),
            candidates.values().stream()
                .map(candidate -> candidate.problem)
                .filter(Objects::nonNull)
                .sorted())
        .toList();
  }

  @Override
  public void refresh() {
    Instant now = clock.instant();
    if (now.isBefore(nextScan)) {
      return;
    }
    nextScan = now.plus(BETWEEN_SCANS);
    addNew(now);
    candidates.forEach((process, candidate) -> look(process, candidate, now));
  }

  private void addNew(Instant now) {
    try {
      for (LocalJvm jvm : jvms.list()) {
        if (candidates.size() < MOST_JVMS) {
          candidates.computeIfAbsent(jvm.process(), process -> new Candidate(gateway(jvm), now));
        }
      }
      scanProblem = null;
    } catch (LinkageError e) {
      scanProblem = "this Java has no Attach API (module jdk.attach): name gateways with --target";
    } catch (RuntimeException e) {
      if (scanProblem == null) {
        LOG.warn("JVMs of this machine cannot be listed", e);
      }
      scanProblem = "JVMs of this machine cannot be listed: " + e;
    }
  }

  private Gateway gateway(LocalJvm jvm) {
    return new Gateway(jvm.name(), RmiConnectors.local(jvm.process().pid()), look, clock);
  }

  private void look(ProcessHandle process, Candidate candidate, Instant now) {
    Gateway gateway = candidate.gateway;
    if (process.isAlive()) {
      candidate.look(now);
      return;
    }
    if (gateway.seen() && !gateway.departed()) {
      gateway.depart("has ended");
    }
    boolean forgotten = !gateway.seen() || gateway.state().since().plus(REMEMBERED).isBefore(now);
    if (forgotten) {
      gateway.close();
      candidates.remove(process);
    }
  }

  /** A JVM that may have the agent. */
  private static final class Candidate {
    private final Gateway gateway;
    private Instant nextLook;
    private Duration wait = FIRST_WAIT;
    private int failedLooks;
    private volatile @Nullable String problem;

    Candidate(Gateway gateway, Instant now) {
      this.gateway = gateway;
      this.nextLook = now;
    }

    /** Asks whether it has the agent, if that is not known and the time has come. */
    void look(Instant now) {
      if (gateway.seen()) {
        problem = null;
        return;
      }
      Failure failure = gateway.state().failure();
      boolean withoutAgent = failure != null && failure.kind() == Failure.Kind.NO_AGENT;
      if (withoutAgent) {
        problem = null;
        gateway.disconnect(); // so that no connection is held to every JVM of the machine
      }
      if (now.isBefore(nextLook)) {
        return;
      }
      if (withoutAgent) {
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
      } else if (failure != null && ++failedLooks == LOOKS_BEFORE_A_PROBLEM) {
        problem = gateway.name() + " " + failure.error();
        LOG.warn("JVM {}", problem);
      }
      nextLook = now.plus(wait);
      CompletableFuture<?> unused = gateway.probe();
    }
  }
}
