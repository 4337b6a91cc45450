/** The console's API against its document, with live gateways. */
@NullMarked
package dev.slipstream.it.contract;

import org.jspecify.annotations.NullMarked;
