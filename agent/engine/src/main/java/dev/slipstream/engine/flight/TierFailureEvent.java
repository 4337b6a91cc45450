package dev.slipstream.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A tier that did not answer a request's question. */
@Name("slipstream.TierFailure")
@Label("Tier Failure")
@Description("A tier did not answer within its budget, or with an error")
@Category("Slipstream")
@StackTrace(false)
final class TierFailureEvent extends Event {
  @Label("Tier")
  @Nullable String tier;

  @Label("Reason")
  @Nullable String reason;

  @Label("Time Taken")
  @Description("For how long it was waited for")
  @Timespan(Timespan.NANOSECONDS)
  long timeTaken;
}
