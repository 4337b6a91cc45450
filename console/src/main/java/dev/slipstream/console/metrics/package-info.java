/** What gateways say, for Prometheus. */
@NullMarked
package dev.slipstream.console.metrics;

import org.jspecify.annotations.NullMarked;
