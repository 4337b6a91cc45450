/**
 * How figures of several gateways become one: counts add up, rates and means come from the sums or
 * are weighted, percentiles come from histograms that are added up. What is not known is {@code
 * null}.
 */
@NullMarked
package dev.slipstream.console.merge;

import org.jspecify.annotations.NullMarked;
