/** Weaving, and the way from the gate to the engine; lives in the agent's own class loader. */
@NullMarked
package dev.slipstream.agent;

import org.jspecify.annotations.NullMarked;
