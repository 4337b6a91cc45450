/** The dashboard in a real browser, on a live gateway under traffic. */
@NullMarked
package dev.slipstream.it.page;

import org.jspecify.annotations.NullMarked;
