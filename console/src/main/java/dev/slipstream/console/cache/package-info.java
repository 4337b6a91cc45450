/** The caches of the gateways: statistics of all of them together, and what removes from them. */
@NullMarked
package dev.slipstream.console.cache;

import org.jspecify.annotations.NullMarked;
