package dev.slipstream.engine.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the tier in this process holds and has done since the start.
 *
 * @param entries entries held
 * @param maxEntries entries it may hold; null for as many as fit
 * @param memoryBytes bytes they take
 * @param maxMemoryBytes bytes they may take
 * @param hits look-ups that found an entry
 * @param misses look-ups that found none
 * @param puts entries stored
 * @param evictions entries dropped for want of room
 * @param cutEvictions those of them while the tier might hold less than it was made for
 * @param expirations entries dropped because their time was over
 * @param removals entries removed by invalidation, flush, or a change of what they are made of
 * @param replacements entries that gave way to another under their key
 */
public record MemoryTierStatistics(
    long entries,
    @Nullable Integer maxEntries,
    long memoryBytes,
    long maxMemoryBytes,
    long hits,
    long misses,
    long puts,
    long evictions,
    long cutEvictions,
    long expirations,
    long removals,
    long replacements) {}
