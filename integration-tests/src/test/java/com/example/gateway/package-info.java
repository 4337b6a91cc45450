/**
 * The application inside the gateways that the whole-system tests start: it answers in every way
 * that servlets do, and knows nothing of Slipstream.
 *
 * <p>Written against Servlet 5.0 and run in a JVM of its own. For {@code javax.servlet} containers
 * the compiled classes are renamed, so nothing here may name an API newer than Servlet 4.0.
 */
@NullMarked
package com.example.gateway;

import org.jspecify.annotations.NullMarked;
