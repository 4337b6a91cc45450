/** The agents of gateways: what they are, how they are, and their kill switch. */
@NullMarked
package dev.slipstream.console.agent;

import org.jspecify.annotations.NullMarked;
