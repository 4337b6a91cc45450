package dev.slipstream.config;

import java.util.List;
import java.util.OptionalLong;

/** A measured quantity as operators write it: digits and a unit, such as {@code 30s} or 64KB. */
enum Quantity {
  /** Time, counted in milliseconds. */
  DURATION(
      "a duration",
      new Unit("ms", 1),
      new Unit("s", 1_000),
      new Unit("m", 60_000),
      new Unit("h", 3_600_000),
      new Unit("d", 86_400_000)),
  /** Memory, counted in bytes. */
  SIZE(
      "a size",
      new Unit("B", 1),
      new Unit("KB", 1L << 10),
      new Unit("MB", 1L << 20),
      new Unit("GB", 1L << 30));

  private record Unit(String symbol, long factor) {}

  private final String noun;

  @SuppressWarnings("ImmutableEnumChecker") // a list of records
  private final List<Unit> units;

  Quantity(String noun, Unit... units) {
    this.noun = noun;
    this.units = List.of(units);
  }

  /** Returns the quantity's name with its article, such as {@code a duration}. */
  String noun() {
    return noun;
  }

  /** Returns the units, the smallest first, as {@code ms, s, m, h, d}. */
  String symbols() {
    return String.join(", ", units.stream().map(Unit::symbol).toList());
  }

  /** Returns the text's value in the smallest unit; empty where it is no such quantity. */
  OptionalLong parse(String text, String plainUnit) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0 || digits > 18) {
      return OptionalLong.empty();
    }
    String symbol = text.substring(digits).strip();
    String unit = symbol.isEmpty() ? plainUnit : symbol;
    for (Unit candidate : units) {
      if (candidate.symbol.equalsIgnoreCase(unit)) {
        long number = Long.parseLong(text, 0, digits, 10);
        return OptionalLong.of(multiplyAtMost(number, candidate.factor));
      }
    }
    return OptionalLong.empty();
  }

  /** Returns the value in the largest unit that keeps it whole. */
  String format(long value) {
    Unit best = units.get(0);
    for (Unit unit : units) {
      if (value != 0 && value % unit.factor == 0) {
        best = unit;
      }
    }
    return value / best.factor + best.symbol;
  }

  private static long multiplyAtMost(long number, long factor) {
    return number > Long.MAX_VALUE / factor ? Long.MAX_VALUE : number * factor;
  }
}
