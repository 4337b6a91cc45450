/** The optimizer: rules that act on what is measured, undo it, and tell what it brought. */
@NullMarked
package dev.slipstream.engine.optimize;

import org.jspecify.annotations.NullMarked;
