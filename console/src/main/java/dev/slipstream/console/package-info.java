/** The console's program: its command line, and what is started in which order. */
@NullMarked
package dev.slipstream.console;

import org.jspecify.annotations.NullMarked;
