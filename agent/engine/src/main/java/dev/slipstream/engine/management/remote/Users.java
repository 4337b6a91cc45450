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
 * Lets users in, and slows down who guesses: after five wrong passwords of one address within a
 * minute nobody is let in from there until it has passed.
 */
final class Users implements JMXAuthenticator {
  private static final int MOST_FAILURES = 5;
  private static final int MOST_ADDRESSES = 1_000;
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(1).toNanos();

  private final @Nullable PasswordFile passwords;
  private final LongSupplier nanoTime;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

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
    String address = client();
    if (mayNotTry(address)) {
      throw new SecurityException("Authentication failed! Too many wrong passwords: wait a minute");
    }
    if (credentials instanceof String[] given
        && given.length == 2
        && given[0] != null
        && given[1] != null) {
      Optional<Role> role = passwords.role(given[0], given[1]);
      if (role.isPresent()) {
        return subject(given[0], role.get());
      }
    }
    failed(address);
    throw new SecurityException("Authentication failed! User and password are needed");
  }

  private synchronized boolean mayNotTry(String address) {
    Failures known = failures.get(address);
    if (known != null && nanoTime.getAsLong() - known.lastAt() > FORGOTTEN_NANOS) {
      failures.remove(address);
      return false;
    }
    return known != null && known.count() >= MOST_FAILURES;
  }

  private synchronized void failed(String address) {
    Failures known = failures.remove(address);
    failures.put(
        address, new Failures(known == null ? 1 : known.count() + 1, nanoTime.getAsLong()));
    if (failures.size() > MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
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
