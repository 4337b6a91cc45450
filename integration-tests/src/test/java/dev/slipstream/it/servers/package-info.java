/**
 * Servers, gateways and frameworks as others publish them, each run without and then with the
 * agent, and asked the same.
 */
@NullMarked
package dev.slipstream.it.servers;

import org.jspecify.annotations.NullMarked;
