/**
 * The remote JMX connector: one port, for peers of this machine unless TLS and passwords are set.
 */
@NullMarked
package dev.slipstream.engine.management.remote;

import org.jspecify.annotations.NullMarked;
