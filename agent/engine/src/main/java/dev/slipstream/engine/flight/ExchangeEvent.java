package dev.slipstream.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An exchange that has ended. */
@Name("slipstream.Exchange")
@Label("Exchange")
@Description("A request that was answered: all that failed or took 100 ms, of the others some")
@Category("Slipstream")
@StackTrace(false)
final class ExchangeEvent extends Event {
  @Label("Endpoint")
  @Description("Method and template of the path")
  @Nullable String endpoint;

  @Label("Outcome")
  @Description("How it was answered: from which tier, or why not")
  @Nullable String outcome;

  @Label("Status")
  @Description("The answer's status; 0 where there was none")
  int status;

  @Label("Time Taken")
  @Timespan(Timespan.NANOSECONDS)
  long timeTaken;

  @Label("Body")
  @Description("Size of the body that was sent; negative where that is not known")
  @DataAmount
  long bytes;

  @Label("Stands For")
  @Description("How many exchanges the event stands for: 1 where all such are recorded")
  int standsFor;
}
