package dev.slipstream.engine.management.remote;

import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Lets users in, and slows down who guesses: after five wrong passwords for one user from one
 * address within a minute that user is not let in from there until it has passed. Who was let in
 * from there before still is, with the right password, asked for once a second: so nobody locks
 * others out of an address that they share, as all of one machine do.
 */
final class Users implements JMXAuthenticator {
  private static final int MOST_FAILURES = 5;
  private static final int MOST_REMEMBERED = 1_000;
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final @Nullable PasswordFile passwords;
  private final LongSupplier nanoTime;
  private final Map<Caller, Failures> failures = new LinkedHashMap<>();
  private final Map<Caller, Long> letIn = new LinkedHashMap<>(); // when last asked while locked

  /** A user at an address; all who are none are one. */
  private record Caller(String address, String user) {}

  private record Failures(int count, long lastAt) {}

  /**
   * Makes it.
   *
   * @param passwords {@code null} to let everybody in as an operator
   */
  Users(@Nullable PasswordFile passwords, LongSupplier nanoTime) {
    this.passwords = passwords;
    this.nanoTime = nanoTime;
  }

  @Override
  public Subject authenticate(@Nullable Object credentials) {
    if (passwords == null) {
      return subject("local", Role.OPERATOR);
    }
    return authenticate(passwords, client(), credentials);
  }

  /** The same for a client at an address. */
  Subject authenticate(PasswordFile passwords, String address, @Nullable Object credentials) {
    String user = "";
    String password = "";
    if (credentials instanceof String[] given
        && given.length == 2
        && given[0] != null
        && given[1] != null) {
      user = given[0];
      password = given[1];
    }
    Caller caller = new Caller(address, passwords.has(user) ? user : "");
    if (!mayTry(caller)) {
      throw new SecurityException("Authentication failed! Too many wrong passwords: wait a minute");
    }
    Optional<Role> role = passwords.role(user, password);
    if (role.isEmpty()) {
      throw new SecurityException("Authentication failed! User and password are needed");
    }
    succeeded(caller);
    return subject(user, role.get());
  }

  /** Whether a password is looked at; it counts as a wrong one until it has proved right. */
  private synchronized boolean mayTry(Caller caller) {
    long now = nanoTime.getAsLong();
    Failures known = failures.get(caller);
    if (known != null && now - known.lastAt() > FORGOTTEN_NANOS) {
      known = null;
    }
    long lastAt = now;
    if (known != null && known.count() >= MOST_FAILURES) {
      Long asked = letIn.get(caller);
      if (asked == null || now - asked < PAUSE_NANOS) {
        return false;
      }
      letIn.put(caller, now);
      lastAt = known.lastAt();
    }
    failures.remove(caller);
    failures.put(caller, new Failures(known == null ? 1 : known.count() + 1, lastAt));
    forgetEldest(failures);
    return true;
  }

  private synchronized void succeeded(Caller caller) {
    failures.computeIfPresent(
        caller,
        (same, known) ->
            known.count() == 1 ? null : new Failures(known.count() - 1, known.lastAt()));
    letIn.remove(caller);
    letIn.put(caller, nanoTime.getAsLong() - PAUSE_NANOS);
    forgetEldest(letIn);
  }

  private static void forgetEldest(Map<Caller, ?> map) {
    if (map.size() > MOST_REMEMBERED) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private static String client() {
    try {
      return RemoteServer.getClientHost();
    } catch (ServerNotActiveException e) {
      return ""; // Not called by RMI.
    }
  }

  private static Subject subject(String name, Role role) {
    Principal principal = new JMXPrincipal(name);
    return new Subject(true, Set.of(principal, new RolePrincipal(role)), Set.of(), Set.of());
  }

  /** The role of a subject that this made. */
  static Role roleOf(@Nullable Subject subject) {
    return subject == null
        ? Role.READER
        : subject.getPrincipals(RolePrincipal.class).stream()
            .map(RolePrincipal::role)
            .findFirst()
            .orElse(Role.READER);
  }

  /** A role in a subject. */
  private record RolePrincipal(Role role) implements Principal {
    @Override
    public String getName() {
      return role.label();
    }
  }
}
