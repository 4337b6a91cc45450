/**
 * L2: the tier in Redis that gateways share. This package knows bytes, keys, tags and expiry, not
 * HTTP; scripts run on the server are beside it among the resources.
 */
@NullMarked
package dev.slipstream.engine.redis;

import org.jspecify.annotations.NullMarked;
