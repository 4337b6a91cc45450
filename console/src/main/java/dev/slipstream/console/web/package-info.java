/** The dashboard as files: what runs in the browser is in the resources beside it. */
@NullMarked
package dev.slipstream.console.web;

import org.jspecify.annotations.NullMarked;
