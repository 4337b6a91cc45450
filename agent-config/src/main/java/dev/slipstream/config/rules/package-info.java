/** Cache rules: the YAML file, the rules in it, and which of them a request matches. */
@NullMarked
package dev.slipstream.config.rules;

import org.jspecify.annotations.NullMarked;
