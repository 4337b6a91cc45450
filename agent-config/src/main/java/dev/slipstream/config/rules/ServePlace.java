package dev.slipstream.config.rules;

/** Where in a web application stored answers are given. */
public enum ServePlace {
  /** Behind the application's filters, which run on every hit. */
  SERVLET,
  /** Before them: no filter runs on a hit. Never for requests with credentials. */
  ENTRY
}
