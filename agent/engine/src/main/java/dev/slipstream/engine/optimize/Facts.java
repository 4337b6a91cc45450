package dev.slipstream.engine.optimize;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.cache.MemoryTierStatistics;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.learn.Caution;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What recommendations are drawn from.
 *
 * @param settings those in force
 * @param measured the latest sample; the rest counts since the start
 * @param memory L1's figures
 * @param stores answers stored
 * @param refusals answers not stored, by reason
 * @param unkeyedFields request fields that applications read and that choose no answer
 * @param redisUnavailable why L2 is not used; empty where it is or there is none
 * @param collectorAdvice why a collection could not be asked for; empty where none was wanted
 * @param suspended rules that are suspended, with the reason
 * @param wouldHaveActed activations of the last hour that were only observed
 * @param emergencyMillis time in emergencies since the start
 * @param outlook what comes if all goes on like this
 * @param budgets of the endpoints that have one
 * @param cautions what speaks against caching an endpoint's answers, by its name
 */
record Facts(
    Settings settings,
    Measurements measured,
    MemoryTierStatistics memory,
    long stores,
    Map<Refusal, Long> refusals,
    Set<String> unkeyedFields,
    String redisUnavailable,
    String collectorAdvice,
    List<String> suspended,
    int wouldHaveActed,
    long emergencyMillis,
    Outlook outlook,
    List<BudgetState> budgets,
    Map<String, Caution> cautions) {
  Facts {
    refusals = Map.copyOf(refusals);
    unkeyedFields = Set.copyOf(unkeyedFields);
    suspended = List.copyOf(suspended);
    budgets = List.copyOf(budgets);
    cautions = Map.copyOf(cautions);
  }
}
