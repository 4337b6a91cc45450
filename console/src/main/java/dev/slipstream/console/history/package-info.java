/** What the console itself has seen of gateways: samples of the last two hours. */
@NullMarked
package dev.slipstream.console.history;

import org.jspecify.annotations.NullMarked;
