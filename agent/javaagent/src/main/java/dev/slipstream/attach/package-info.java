/** The agent's command line: attaches the agent to running processes, and detaches it. */
@NullMarked
package dev.slipstream.attach;

import org.jspecify.annotations.NullMarked;
