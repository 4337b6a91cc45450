/** What is released is whole and says what is in it. */
@NullMarked
package dev.slipstream.release;

import org.jspecify.annotations.NullMarked;
