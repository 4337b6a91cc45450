/**
 * What the RFCs on HTTP caching demand, seen through sockets: a proxy that knows nothing of
 * caching, with the agent, between a raw client and a scripted origin. One class for each section.
 *
 * <p>Nothing waits for time to pass: Age, Date and Expires make a scripted answer as old as a case
 * needs it.
 */
@NullMarked
package dev.slipstream.it.conformance;

import org.jspecify.annotations.NullMarked;
