/**
 * Adapters to the Servlet API, written once against {@code jakarta.servlet}; for {@code javax} the
 * same bytes are remapped when they are loaded.
 */
@NullMarked
package dev.slipstream.servlet;

import org.jspecify.annotations.NullMarked;
