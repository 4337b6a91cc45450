/**
 * The REST API. JSON has snake_case names, and every answer has {@code timestamp}, {@code
 * correlation_id} and {@code service}; errors are problems (RFC 9457).
 */
@NullMarked
package dev.slipstream.console.api;

import org.jspecify.annotations.NullMarked;
