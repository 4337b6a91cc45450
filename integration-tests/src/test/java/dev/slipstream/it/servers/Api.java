package dev.slipstream.it.servers;

/** The names that a server has for its API. */
enum Api {
  JAVAX,
  JAKARTA
}
