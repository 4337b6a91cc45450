package dev.slipstream.engine.cache;

/**
 * What the tier in this process holds and has done since the start.
 *
 * @param entries entries held
 * @param memoryBytes bytes they take
 * @param maxMemoryBytes bytes they may take
 * @param hits look-ups that found an entry
 * @param misses look-ups that found none
 * @param puts entries stored
 * @param evictions entries dropped for want of room
 * @param expirations entries dropped because their time was over
 */
public record MemoryTierStatistics(
    long entries,
    long memoryBytes,
    long maxMemoryBytes,
    long hits,
    long misses,
    long puts,
    long evictions,
    long expirations) {}
