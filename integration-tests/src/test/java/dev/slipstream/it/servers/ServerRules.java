package dev.slipstream.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** What holds of every server with the agent, compared with itself without. */
@ParameterizedClass(name = "{0}")
abstract class ServerRules {
  private static final int SHOWN = 10;

  @Parameter Trial trial;

  @BeforeParameterizedClassInvocation
  static void run(Trial trial) {
    trial.outcome();
  }

  @Test
  void firstAnswers_areTheServersOwn() {
    assertNone(trial.outcome().differingFirstAnswers());
  }

  @Test
  void cacheableAnswers_comeFromTheCacheTheSecondTime() {
    assertNone(trial.outcome().notCached());
  }

  @Test
  void answersThatMayNotBeReused_areMadeAnew() {
    assertNone(trial.outcome().tellingNothing());
    assertNone(trial.outcome().notFresh());
  }

  @Test
  void otherAnswers_areTheServersOwnTheSecondTime() {
    assertNone(trial.outcome().differingRest());
  }

  @Test
  void parallelAnswers_areTheServersOwn() {
    assertNone(trial.outcome().differingParallelAnswers());
  }

  @Test
  void log_complainsNoMoreThanTheServersOwn() {
    assertNone(trial.outcome().complaints());
  }

  @Test
  void server_endsWhenItIsAsked() {
    assertThat(trial.outcome().alone().end()).as("alone").isPresent();
    assertThat(trial.outcome().agent().end()).as("with the agent").isPresent();
  }

  private static void assertNone(List<String> wrong) {
    assertThat(wrong.stream().limit(SHOWN).toList()).as("the first of %d", wrong.size()).isEmpty();
  }
}
