package com.example.cache;

import dev.slipstream.api.Cache;
import dev.slipstream.api.Slipstream;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** An application of which there are several in the process: {@code key=value} stores. */
public final class Tenant implements UnaryOperator<String> {
  private static final Cache TEXTS = Slipstream.cache("texts");
  private static final Cache OWN = Slipstream.cache("own");

  @Override
  public String apply(String command) {
    String[] parts = command.split("=", 2);
    if (parts.length == 2) {
      TEXTS.set(parts[0], parts[1], Duration.ofMinutes(10));
      OWN.set(parts[0], List.of(this), Duration.ofMinutes(10), List.of("own"));
      return "stored";
    }
    return TEXTS.get(command, "none") + " " + (OWN.get(command, null) == null ? "none" : "own");
  }
}
