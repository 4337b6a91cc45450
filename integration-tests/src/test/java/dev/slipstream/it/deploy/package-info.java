/** Whether what is in {@code deploy/} is right: its files by themselves, and what they start. */
@NullMarked
package dev.slipstream.it.deploy;

import org.jspecify.annotations.NullMarked;
