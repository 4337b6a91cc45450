/** The caches of application code: values by reference in this process, as bytes in L2. */
@NullMarked
package dev.slipstream.engine.app;

import org.jspecify.annotations.NullMarked;
