/** Tiers: where entries are kept. This package knows bytes and expiry, not HTTP. */
@NullMarked
package dev.slipstream.engine.cache;

import org.jspecify.annotations.NullMarked;
