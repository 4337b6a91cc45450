package dev.slipstream.engine.cache;

import dev.slipstream.engine.redis.FoundEntry;
import org.jspecify.annotations.Nullable;

/**
 * What is under a key, for somebody who looks at it.
 *
 * @param entry the entry of L1, else of L2; null where it is another cache's of which only L2
 *     knows, or cannot be read
 * @param inMemory whether an L1 of this process has it
 * @param inRedis what L2 knows of it; null where it has none
 */
public record Inspected(
    @Nullable CacheEntry entry, boolean inMemory, @Nullable FoundEntry inRedis) {}
