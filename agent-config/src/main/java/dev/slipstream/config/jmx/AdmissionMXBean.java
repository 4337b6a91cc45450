package dev.slipstream.config.jmx;

import java.util.List;

/** Which requests the application is asked about: throttles, breakers and emergencies. */
@Description("Requests that were refused so that others could be answered; hits of the cache never")
public interface AdmissionMXBean {
  @Description("Requests refused since the start, whatever their client got instead")
  long getRefused();

  @Description("Of the requests refused, those whose endpoint had too many under way")
  long getRefusedThrottled();

  @Description("Of the requests refused, those whose endpoint failed or was too slow")
  long getRefusedBreakerOpen();

  @Description("Of the requests refused, those in an emergency")
  long getRefusedEmergency();

  @Description(
      "Of the requests refused, those answered with what was stored, stale; the others got 503")
  long getRefusedAnsweredStale();

  @Description("Requests that the application is answering now")
  int getInFlight();

  @Description("Times that a request found no guard, since there were too many endpoints")
  long getUnguarded();

  @Description("Endpoints that are throttled now")
  List<String> getThrottled();

  @Description("Endpoints whose breaker is not closed now")
  List<String> getBroken();

  @Description("Whether there is an emergency now")
  boolean isEmergency();

  @Description("Emergencies since the start")
  long getEmergencies();

  @Description("Time in emergencies since the start, in milliseconds")
  long getEmergencyMillis();

  @Description("Each endpoint that is guarded, those with the most refusals first")
  List<GuardedEndpoint> getEndpoints();
}
