package dev.slipstream.agent;

import dev.slipstream.config.CacheMode;
import dev.slipstream.config.LoadedSettings;
import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.ErrorBreaker;
import dev.slipstream.engine.management.Management;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import javax.management.JMException;

/** What there is of the agent while it serves: made when the application is up, and ended once. */
final class Serving {
  private final LoadedSettings loaded;
  private final Engine engine;
  private final ErrorBreaker errors;
  private final KillSwitch killSwitch;
  private final JaxRs resources;
  private final Dispatcher dispatcher;
  private final AgentMBean agent;
  private final Management management;

  private Serving(
      LoadedSettings loaded,
      Engine engine,
      JaxRs resources,
      KillSwitch killSwitch,
      AgentMBean agent,
      Management management) {
    this.loaded = loaded;
    this.engine = engine;
    this.errors = engine.errors();
    this.killSwitch = killSwitch;
    this.resources = resources;
    this.dispatcher = new Dispatcher(engine, resources);
    this.agent = agent;
    this.management = management;
  }

  /**
   * Makes the cache and registers the MXBeans; requests do not come here yet.
   *
   * @param state is told whether requests do
   * @param weaver weaves the methods that rules name
   */
  static Serving make(
      Gate gate,
      JaxRs resources,
      LoadedSettings loaded,
      AgentLog log,
      WovenTargets targets,
      Consumer<String> state,
      Consumer<List<MethodRule>> weaver)
      throws JMException {
    KillSwitch killSwitch = new KillSwitch(gate, state);
    ErrorBreaker errors =
        new ErrorBreaker(System::nanoTime, log, () -> killSwitch.off("too many errors"));
    Engine engine = new Engine(loaded.settings(), log, errors, InstantSource.system());
    boolean made = false;
    try {
      engine.onMethods(weaver);
      engine.optimization().runsWhile(killSwitch::isOn);
      engine.start();
      AgentMBean agent =
          new AgentMBean(engine, loaded, killSwitch, targets, InstantSource.system());
      Management management = Management.register(engine, agent);
      made = true;
      return new Serving(loaded, engine, resources, killSwitch, agent, management);
    } finally {
      if (!made) {
        engine.close(); // its threads would go on for nobody
      }
    }
  }

  /** Lets requests come, unless the settings say otherwise. */
  void begin() {
    Settings settings = loaded.settings();
    killSwitch.serveWith(dispatcher, errors);
    resources.serve(engine, killSwitch::isOn);
    if (!settings.http().cachingEnabled()) {
      killSwitch.off("caching_middleware_enabled=false");
    } else if (settings.cache().mode() == CacheMode.OFF) {
      killSwitch.off("cache_mode=off");
    }
    engine.log().info(agent.summary());
  }

  /** Ends it; the gate has been closed. */
  void close() throws JMException {
    try {
      management.unregister();
    } finally {
      resources.close();
      dispatcher.close();
      engine.close();
    }
  }
}
