/** Events for JDK Flight Recorder, which JDK Mission Control shows. */
@NullMarked
package dev.slipstream.engine.flight;

import org.jspecify.annotations.NullMarked;
