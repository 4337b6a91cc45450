/** Tests of the shared tier, most of them against a real redis-server. */
@NullMarked
package dev.slipstream.engine.redis;

import org.jspecify.annotations.NullMarked;
