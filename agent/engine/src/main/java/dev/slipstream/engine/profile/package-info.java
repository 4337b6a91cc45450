/** Endpoints: what they are called, and how they do. */
@NullMarked
package dev.slipstream.engine.profile;

import org.jspecify.annotations.NullMarked;
