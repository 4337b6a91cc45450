/** The cache rules of gateways: what is in force, what a text would be, what a request meets. */
@NullMarked
package dev.slipstream.console.rules;

import org.jspecify.annotations.NullMarked;
