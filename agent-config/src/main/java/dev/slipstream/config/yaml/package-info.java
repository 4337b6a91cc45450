/** Bounded reading of the operator's YAML files, with the position of every error. */
@NullMarked
package dev.slipstream.config.yaml;

import org.jspecify.annotations.NullMarked;
