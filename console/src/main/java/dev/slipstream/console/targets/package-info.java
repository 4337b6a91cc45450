/**
 * The gateways the console reads, over JMX: found by attaching to this machine's JVMs or named on
 * the command line. Whatever a gateway does, a call to it ends within its deadline.
 */
@NullMarked
package dev.slipstream.console.targets;

import org.jspecify.annotations.NullMarked;
