package dev.slipstream.engine.optimize;

import dev.slipstream.config.Settings;

/**
 * The thresholds that follow from the settings, in percent: processor load +10, +15 and +18 points,
 * memory −5, +5 and +10.
 *
 * <p>None is above 99: what can never be exceeded would be a rule that is not there.
 *
 * @param highCpu of {@code high_cpu_gc}
 * @param throttlingCpu of {@code request_throttling}
 * @param emergencyCpu of {@code emergency_mode}
 * @param cleanupMemory of {@code cache_cleanup}
 * @param aggressiveMemory of {@code aggressive_gc}
 * @param emergencyMemory of {@code emergency_cleanup}
 * @param relief the heap after collection from which a collection may help
 */
record Ladder(
    double highCpu,
    double throttlingCpu,
    double emergencyCpu,
    double cleanupMemory,
    double aggressiveMemory,
    double emergencyMemory,
    double relief) {
  private static final double HIGHEST = 99;

  static Ladder of(Settings.Performance settings) {
    double cpu = settings.cpuThresholdPercent();
    double memory = settings.memoryThresholdPercent();
    return new Ladder(
        rung(cpu + 10),
        rung(cpu + 15),
        rung(cpu + 18),
        rung(memory - 5),
        rung(memory + 5),
        rung(memory + 10),
        settings.gcThresholdPercent());
  }

  private static double rung(double percent) {
    return Math.max(1, Math.min(HIGHEST, percent));
  }
}
