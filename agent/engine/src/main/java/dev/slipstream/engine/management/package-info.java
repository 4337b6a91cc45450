/** The engine's state as MXBeans. */
@NullMarked
package dev.slipstream.engine.management;

import org.jspecify.annotations.NullMarked;
