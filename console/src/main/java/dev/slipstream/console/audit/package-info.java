/** What the console writes down: every change in the audit log, every request in the access log. */
@NullMarked
package dev.slipstream.console.audit;

import org.jspecify.annotations.NullMarked;
