/** What the optimizer brings under load, off and on in one run. */
@NullMarked
package dev.slipstream.it.effects;

import org.jspecify.annotations.NullMarked;
