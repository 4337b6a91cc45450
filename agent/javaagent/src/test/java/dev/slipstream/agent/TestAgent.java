package dev.slipstream.agent;

import dev.slipstream.config.LoadedSettings;
import dev.slipstream.config.LogLevel;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.ErrorBreaker;
import jakarta.servlet.http.HttpServlet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The parts of an agent, on a gate that no woven code calls. */
final class TestAgent {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  /** Stands for the handler in {@code java.lang.SlipstreamGate}. */
  static volatile Function<Object[], ?> handler;

  final LoadedSettings loaded =
      SettingsLoader.load(
          "redis_url=none,cache_max_memory_mb=7,no_such_setting=1", Map.of(), Map.of());
  final Gate gate = gate();

  /** What was told of the kill switch. */
  final List<String> state = new ArrayList<>();

  final KillSwitch killSwitch = new KillSwitch(gate, state::add);
  final WovenTargets targets = new WovenTargets();
  final ErrorBreaker errors;
  final Engine engine;
  final Dispatcher dispatcher;

  TestAgent(Path logFile) {
    AgentLog log = AgentLog.to(logFile, LogLevel.INFO, CLOCK);
    errors = new ErrorBreaker(() -> 0, log, () -> killSwitch.off("too many errors"));
    engine = new Engine(loaded.settings(), log, errors, CLOCK);
    dispatcher = new Dispatcher(engine, new JaxRs(() -> {}));
  }

  /** Has a call fail: the tests' loader has no adapters. */
  void provokeError() {
    Object[] slots = {new HttpServlet() {}, "request", "response", null, null, Points.SERVLET};
    dispatcher.apply(slots);
  }

  private static Gate gate() {
    handler = null;
    try {
      VarHandle field =
          MethodHandles.lookup().findStaticVarHandle(TestAgent.class, "handler", Function.class);
      Constructor<Gate> constructor = Gate.class.getDeclaredConstructor(VarHandle.class);
      constructor.setAccessible(true);
      return constructor.newInstance(field);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
