/** What a gateway's requests cost with the agent, beside what they cost without it. */
@NullMarked
package dev.slipstream.it.speed;

import org.jspecify.annotations.NullMarked;
