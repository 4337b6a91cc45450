package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import org.jspecify.annotations.Nullable;

/**
 * What the cache found for a request.
 *
 * @param request the request
 * @param rule the operator's rule for it, or null
 * @param credentialed whether it says who is asking and no rule says how to deal with that
 * @param partitioned whether the key is for its identity, as a rule asks for
 * @param key the key of its URL
 * @param stored what is stored for it, or null
 * @param variantMissing whether the URL is known, but not with these request fields
 */
public record Lookup(
    RequestView request,
    @Nullable CacheRule rule,
    boolean credentialed,
    boolean partitioned,
    String key,
    @Nullable StoredResponse stored,
    boolean variantMissing) {}
