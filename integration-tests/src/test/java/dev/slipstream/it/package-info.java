/** Whole-system tests: the real agent jar in real gateways, seen through sockets and JMX alone. */
@NullMarked
package dev.slipstream.it;

import org.jspecify.annotations.NullMarked;
