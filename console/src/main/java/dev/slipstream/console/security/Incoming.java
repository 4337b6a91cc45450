package dev.slipstream.console.security;

import org.jspecify.annotations.Nullable;

/**
 * What is looked at of a request before anything else is done with it.
 *
 * @param target path and query as they were sent
 * @param peer address that the connection comes from
 */
public record Incoming(
    String method,
    String path,
    String target,
    String peer,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String fetchSite,
    @Nullable String authorization) {}
