/** What deploy/ has for Prometheus and Grafana, against what a real console exports. */
@NullMarked
package dev.slipstream.it.watch;

import org.jspecify.annotations.NullMarked;
