package dev.slipstream.engine.management.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final String HERE = "127.0.0.1";
  private static final String THERE = "192.0.2.1";
  private static final long SECOND = 1_000_000_000;

  private PasswordFile passwords;
  private Users users;
  private long now;

  @BeforeEach
  void make() throws Exception {
    passwords = PasswordFile.parse("users", "rita:reader:reads\nolga:operator:steers\n");
    users = new Users(passwords, () -> now);
  }

  @Test
  void whoGuesses_locksOutTheUserThere_andNobodyElse() {
    guess(HERE, "olga", 5);
    isLocked(HERE, "olga", "steers");
    isRight(THERE, "olga", "steers");
    isRight(HERE, "rita", "reads");
    now += 61 * SECOND;
    isRight(HERE, "olga", "steers");
  }

  @Test
  void whoWasLetInBefore_isAgain_whileOthersGuess() {
    isRight(HERE, "olga", "steers");
    guess(HERE, "olga", 5);
    isRight(HERE, "olga", "steers");
    now += SECOND;
    guess(HERE, "olga", 1);
    isLocked(HERE, "olga", "steers"); // one password a second is looked at
    now += SECOND;
    isRight(HERE, "olga", "steers");
  }

  @Test
  void namesThatNobodyHas_areOne() {
    for (int i = 0; i < 5; i++) {
      guess(HERE, "nobody" + i, 1);
    }
    isLocked(HERE, "nobody", "x");
    isRight(HERE, "olga", "steers");
  }

  @Test
  void aRightPassword_isNoWrongOne() {
    for (int i = 0; i < 20; i++) {
      isRight(HERE, "olga", "steers");
    }
    guess(HERE, "olga", 4);
    isRight(HERE, "olga", "steers");
    guess(HERE, "olga", 1);
  }

  @Test
  void guessesAtOnce_areCountedBeforeTheyAreLookedAt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      List<Callable<Boolean>> guesses = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        String password = "guess" + i;
        guesses.add(() -> said(HERE, "olga", password).contains("User and password"));
      }
      int looked = 0;
      for (Future<Boolean> each : threads.invokeAll(guesses)) {
        looked += each.get() ? 1 : 0;
      }
      assertThat(looked).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  private String said(String address, String user, String password) {
    try {
      users.authenticate(passwords, address, new String[] {user, password});
      return "";
    } catch (SecurityException e) {
      return e.getMessage();
    }
  }

  private void guess(String address, String user, int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> users.authenticate(passwords, address, new String[] {user, "wrong"}))
          .hasMessageContaining("User and password are needed");
    }
  }

  private void isLocked(String address, String user, String password) {
    assertThat(said(address, user, password)).contains("Too many wrong passwords");
  }

  private void isRight(String address, String user, String password) {
    assertThat(said(address, user, password)).isEmpty();
  }
}
