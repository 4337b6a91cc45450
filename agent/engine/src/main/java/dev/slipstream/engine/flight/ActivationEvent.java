package dev.slipstream.engine.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A rule of the optimizer that has entered, left, or been judged. */
@Name("slipstream.Activation")
@Label("Activation")
@Description("A rule of the optimizer has entered or left, or its effect was judged")
@Category("Slipstream")
@StackTrace(false)
final class ActivationEvent extends Event {
  @Label("Rule")
  @Nullable String rule;

  @Label("What")
  @Description("Entered, left, or the verdict on what it brought")
  @Nullable String what;

  @Label("Subject")
  @Description("The endpoint or tier that it is about; empty for the gateway")
  @Nullable String subject;

  @Label("Reason")
  @Description("Why, in numbers")
  @Nullable String reason;

  @Label("Injected")
  @Description("Whether a metric that was made up had a part in it")
  boolean injected;
}
