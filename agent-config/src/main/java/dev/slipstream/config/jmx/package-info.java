/** The management interface: MXBeans of the agent, as JConsole and the console see them. */
@NullMarked
package dev.slipstream.config.jmx;

import org.jspecify.annotations.NullMarked;
