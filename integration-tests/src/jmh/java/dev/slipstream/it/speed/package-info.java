/** What is measured of the agent's parts, each in a process of its own. */
@NullMarked
package dev.slipstream.it.speed;

import org.jspecify.annotations.NullMarked;
