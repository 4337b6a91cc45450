/** How gateways do: their endpoints, their optimizers, and what they use. */
@NullMarked
package dev.slipstream.console.performance;

import org.jspecify.annotations.NullMarked;
