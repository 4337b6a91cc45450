package com.example.gateway;

/** What a shared cache in front of a scenario has to do with its answer. */
public enum Caching {
  /** Store it: the second request is a hit. */
  STORED,
  /** Never store it: every request reaches the application. */
  NOT_STORED,
  /** Store it or not, as long as the client sees no difference. */
  OPTIONAL
}
