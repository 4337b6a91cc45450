package dev.slipstream.it.effects;

import java.util.List;

/**
 * A trouble, with the traffic that meets it.
 *
 * @param name what the table calls it
 * @param trouble what happens
 * @param begin what makes the trouble: a request to the gateway, or to freeze Redis
 * @param end what ends it
 * @param options of the agent, besides the mode
 * @param heap the gateway's largest heap
 * @param traffic what is asked for
 * @param rules lines of the rules file
 */
record Scenario(
    String name,
    String trouble,
    String begin,
    String end,
    List<String> options,
    String heap,
    List<Traffic> traffic,
    List<String> rules) {
  /** In place of a request: Redis stands still, and goes on. */
  static final String FREEZE = "freeze";

  static final String THAW = "thaw";

  /** Nothing is asked of anybody. */
  static final String NOTHING = "nothing";

  private static final List<String> NO_RULES = List.of("rules: []");
  private static final Traffic FAST = Traffic.of("fast", "/fast", 1, 200, 1_000);

  /** All of them. */
  static final List<Scenario> ALL =
      List.of(
          new Scenario(
              "steady",
              "none",
              NOTHING,
              NOTHING,
              List.of(),
              "256m",
              List.of(
                  Traffic.of("fast", "/fast", 1, 300, 1_000),
                  Traffic.of("orders", "/orders", 100, 100, 1_000),
                  Traffic.of("page", "/page", 200, 300, 1_000)),
              NO_RULES),
          new Scenario(
              "slow backend",
              "the backend of orders takes 3 s instead of 10 ms",
              "/orders/3000",
              "/orders/10",
              List.of(),
              "256m",
              List.of(FAST, Traffic.of("orders", "/orders", 100, 100, 2_000)),
              NO_RULES),
          new Scenario(
              "failing backend",
              "the backend of the catalogue takes 800 ms, and fails",
              "/catalogue/800/fails",
              "/catalogue/5",
              List.of(),
              "256m",
              List.of(FAST, Traffic.of("catalogue", "/catalogue", 100, 100, 500)),
              NO_RULES),
          new Scenario(
              "saturated processor",
              "eight times as many reports, of 20 ms of a core each",
              NOTHING,
              NOTHING,
              List.of("performance_optimization_level=aggressive"),
              "256m",
              List.of(
                  FAST,
                  Traffic.of("checkout", "/checkout", 1, 50, 1_000),
                  new Traffic("report", "/report", 100, 15, 120, 1_000)),
              List.of(
                  "rules:",
                  "  - {name: reports, pattern: /report/**, mode: pass, priority: sheddable}",
                  "  - {name: checkout, pattern: /checkout/**, mode: pass, priority: critical}")),
          new Scenario(
              "full heap",
              "the application comes to keep 160 MB of a heap of 256 MB within 10 s; L1 has had up to 120",
              "/heap/160",
              "/heap/0",
              List.of("cache_max_memory_mb=120"),
              "256m",
              List.of(FAST, Traffic.of("large", "/large", 4_000, 300, 1_000)),
              NO_RULES),
          new Scenario(
              "burst",
              "eight times as many orders as before, twice what the backend can",
              NOTHING,
              NOTHING,
              List.of(),
              "256m",
              List.of(FAST, new Traffic("orders", "/orders", 100, 100, 800, 1_000)),
              NO_RULES),
          new Scenario(
              "dead Redis",
              "Redis stands still",
              FREEZE,
              THAW,
              List.of("cache_max_memory_mb=1"),
              "256m",
              List.of(FAST, Traffic.of("page", "/page", 2_000, 300, 1_000)),
              NO_RULES));
}
