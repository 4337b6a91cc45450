/**
 * Several gateways over one Redis, a Cluster or a Sentinel: that they share, hear of each other's
 * invalidations, and come through every fault of it.
 */
@NullMarked
package dev.slipstream.it.shared;

import org.jspecify.annotations.NullMarked;
