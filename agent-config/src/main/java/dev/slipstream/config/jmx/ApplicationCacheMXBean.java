package dev.slipstream.config.jmx;

import org.jspecify.annotations.Nullable;

/** The caches of application code: direct calls, and methods whose results are cached. */
@Description("The caches of application code, of all applications in the process together")
public interface ApplicationCacheMXBean {
  @Description("Applications that have caches: class loaders")
  int getApplications();

  @Description("Values held in this process")
  long getEntries();

  @Description("Values that one application may hold in this process")
  long getMaxEntriesOfApplication();

  @Description("Look-ups that found a value in either tier, since the start")
  long getHits();

  @Description("Look-ups that found none in either tier, since the start")
  long getMisses();

  @Description("Look-ups that found a value as a share of all, 0 to 1; absent before the first")
  @Nullable Double getHitRatio();

  @Description("Values stored since the start")
  long getSets();

  @Description("Values dropped for want of room, by the applications that are there")
  long getEvictions();

  @Description("Loaders and methods that ran because there was no value, since the start")
  long getLoads();

  @Description("Of the loaders and methods that ran, those that failed")
  long getFailedLoads();

  @Description("Loaders and methods that are running now")
  long getLoadsUnderWay();

  @Description("Callers that got what another one has loaded meanwhile, since the start")
  long getCollapsed();

  @Description("Callers that loaded by themselves although another one did so, since the start")
  long getLoadedAlone();

  @Description("Values stored in this process alone, since they have no form as bytes")
  long getKeptInProcess();

  @Description("Values not stored: of another type, or with a key or tags that are out of bounds")
  long getRefused();

  @Description("Calls of methods not cached: an argument cannot be told from others by its value")
  long getUnkeyedCalls();
}
