package dev.slipstream.engine.app;

/**
 * What the caches of all applications hold, and have done since the start.
 *
 * @param applications class loaders that have caches
 * @param entries values held in this process
 * @param hits look-ups that found a value
 * @param misses look-ups that found none
 * @param sets values stored
 * @param evictions values dropped for want of room, by the applications that are there
 * @param loads loaders and methods that ran
 * @param failedLoads those of them that failed
 * @param loadsUnderWay those that are running
 * @param collapsed callers that got what another has loaded
 * @param alone callers that loaded beside another
 * @param keptInProcess values without a form as bytes
 * @param refused values that were not stored
 * @param unkeyed calls of methods whose arguments make no key
 */
public record ApplicationCacheStatistics(
    int applications,
    long entries,
    long hits,
    long misses,
    long sets,
    long evictions,
    long loads,
    long failedLoads,
    long loadsUnderWay,
    long collapsed,
    long alone,
    long keptInProcess,
    long refused,
    long unkeyed) {}
