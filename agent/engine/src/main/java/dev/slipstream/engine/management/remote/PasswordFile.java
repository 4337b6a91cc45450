package dev.slipstream.engine.management.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users, as lines {@code name:reader|operator:password}; {@code #} begins a comment. */
final class PasswordFile {
  private static final int MOST_USERS = 1_000;

  private final List<User> users;

  private record User(String name, Role role, String password) {
    @Override
    public String toString() {
      return name; // The password is in no log.
    }
  }

  private PasswordFile(List<User> users) {
    this.users = users;
  }

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be used; the message says why, and has no password
   */
  static PasswordFile read(Path file) throws IOException {
    return parse(file.toString(), SecretFile.read(file));
  }

  static PasswordFile parse(String file, String text) throws IOException {
    List<User> users = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split(":", 3);
      Optional<Role> role = parts.length == 3 ? Role.of(parts[1]) : Optional.empty();
      if (role.isEmpty() || parts[0].isBlank() || parts[2].isEmpty()) {
        throw new IOException(
            file + ":" + number + ": no name:reader:password and no name:operator:password");
      }
      users.add(new User(parts[0], role.get(), parts[2]));
    }
    if (users.isEmpty() || users.size() > MOST_USERS) {
      throw new IOException(file + " has no user, or more than " + MOST_USERS);
    }
    return new PasswordFile(users);
  }

  /** Whether there is a user of this name. */
  boolean has(String name) {
    return users.stream().anyMatch(user -> user.name().equals(name));
  }

  /** The role of who shows a name and a password; all are compared, each in the same time. */
  Optional<Role> role(String name, String password) {
    byte[] given = password.getBytes(UTF_8);
    @Nullable Role found = null;
    for (User user : users) {
      boolean same = MessageDigest.isEqual(user.password().getBytes(UTF_8), given);
      if (same && user.name().equals(name)) {
        found = user.role();
      }
    }
    return Optional.ofNullable(found);
  }
}
