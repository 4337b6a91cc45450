package dev.slipstream.engine.optimize;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells the agent's log of activations, {@value #MOST} lines a minute at most. */
final class ActivationLog {
  static final int MOST = 20;
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Consumer<String> log;
  private final InstantSource clock;
  private long minute;
  private int lines;

  ActivationLog(Consumer<String> log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  synchronized void tell(Activation activation, Change change) {
    if (change == Change.JUDGED) {
      return; // told once it leaves
    }
    long now = clock.millis() / MINUTE_MILLIS;
    if (now != minute) {
      minute = now;
      lines = 0;
    }
    if (lines == MOST) {
      log.accept("optimizer: more activations this minute are not logged; JMX has them");
    }
    if (lines++ < MOST) {
      log.accept(line(activation));
    }
  }

  private static String line(Activation activation) {
    StringBuilder line = new StringBuilder("optimizer: ").append(activation.rule());
    if (!activation.subject().equals(Measurements.GATEWAY)) {
      line.append(" (").append(activation.subject()).append(')');
    }
    if (activation.endedAtMillis() == null) {
      line.append(" entered: ").append(activation.reason()).append("; ").append(activation.what());
    } else {
      line.append(": ").append(activation.ending());
      Effect effect = activation.effect();
      if (effect != null) {
        line.append("; effect ").append(effect.verdict().text()).append(", ").append(effect.why());
      }
    }
    if (!activation.injected().isEmpty()) {
      line.append(" [injected: ")
          .append(
              activation.injected().stream()
                  .map(Metric::text)
                  .sorted()
                  .collect(Collectors.joining(", ")))
          .append(']');
    }
    return line.toString();
  }
}
