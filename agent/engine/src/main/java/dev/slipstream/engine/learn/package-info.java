/** What is learned of endpoints: how often their answers change, and how they are asked for. */
@NullMarked
package dev.slipstream.engine.learn;

import org.jspecify.annotations.NullMarked;
