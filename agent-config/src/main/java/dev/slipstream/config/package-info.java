/** What the operator sets: the table of settings, its sources, and the problems found in them. */
@NullMarked
package dev.slipstream.config;

import org.jspecify.annotations.NullMarked;
