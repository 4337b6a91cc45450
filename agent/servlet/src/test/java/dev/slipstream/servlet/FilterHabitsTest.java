package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.servlet.FilterHabits.Habit;
import org.junit.jupiter.api.Test;

class FilterHabitsTest {
  private final FilterHabits habits = new FilterHabits("com.example.Front");

  @Test
  void at_first_isUnknown() {
    assertThat(habits.at("/a")).isEqualTo(Habit.UNKNOWN);
  }

  @Test
  void at_filterThatOnlyAnswered_answersEverywhere() {
    habits.answers("/a");

    assertThat(habits.at("/a")).isEqualTo(Habit.ANSWERS);
    assertThat(habits.at("/b")).isEqualTo(Habit.ANSWERS);
  }

  @Test
  void at_filterThatDoesBoth_isKnownByEndpoint() {
    habits.answers("/things/1");
    habits.passes("/others/1");

    assertThat(habits.at("/things/2")).isEqualTo(Habit.ANSWERS);
    assertThat(habits.at("/others/2")).isEqualTo(Habit.PASSES);
    assertThat(habits.at("/more")).isEqualTo(Habit.UNKNOWN);
  }

  /** It turns requests away there, as a guard does. */
  @Test
  void at_onceItHasPassedOn_staysSo() {
    habits.answers("/a");
    habits.passes("/a");
    habits.answers("/a");

    assertThat(habits.at("/a")).isEqualTo(Habit.PASSES);
  }

  @Test
  void at_manyEndpointsOfAFilterThatOnlyPasses_moreAreTakenForPassed() {
    for (int i = 0; i < 500; i++) {
      habits.passes("/word" + letters(i));
    }

    assertThat(habits.at("/never-seen")).isEqualTo(Habit.PASSES);
  }

  @Test
  void at_manyEndpointsOfAFilterThatAnswersToo_moreAreUnknown() {
    habits.answers("/answered");
    for (int i = 0; i < 500; i++) {
      habits.passes("/word" + letters(i));
    }

    assertThat(habits.at("/answered")).isEqualTo(Habit.ANSWERS);
    assertThat(habits.at("/never-seen")).isEqualTo(Habit.UNKNOWN);
  }

  private static String letters(int number) {
    return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }
}
