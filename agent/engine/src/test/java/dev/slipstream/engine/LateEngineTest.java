package dev.slipstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LateEngineTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final LateEngine late = new LateEngine(asked::incrementAndGet);

  @Test
  void get_beforeTheAgentServes_isNothingAndWakesIt() {
    assertThat(late.get()).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void get_whileTheAgentIsOn_isTheEngine() {
    AtomicBoolean on = new AtomicBoolean(true);
    Engine engine = engine();
    late.serve(engine, on::get);

    assertThat(late.get()).isSameAs(engine);
    on.set(false);
    assertThat(late.get()).isNull();
    on.set(true);
    assertThat(late.get()).isSameAs(engine);
    assertThat(asked).hasValue(0);
  }

  private static Engine engine() {
    AgentLog log = AgentLog.to(new ByteArrayOutputStream(), LogLevel.ERROR, InstantSource.system());
    ErrorBreaker errors = new ErrorBreaker(() -> 0, log, () -> {});
    return new Engine(TestSettings.with(), log, errors, InstantSource.system());
  }
}
