/**
 * What Slipstream does beyond the standards, on real containers: observing only, purging, tags, the
 * gzip variant, what rules add, and one request for many.
 */
@NullMarked
package dev.slipstream.it.beyond;

import org.jspecify.annotations.NullMarked;
