package dev.slipstream.console.history;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.console.performance.ActivationFigures;
import dev.slipstream.console.performance.PerformanceStatus;
import dev.slipstream.console.performance.Reading;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/** What gateways say from one look to the next, and what has changed meanwhile. Of one thread. */
public final class LiveSamples {
  private final Map<String, Seen> before = new HashMap<>();
  private final Map<String, Seen> now = new LinkedHashMap<>();

  /** What one gateway said. */
  public record Seen(Reading reading, Sample sample) {
    /**
     * Reads it.
     *
     * @param merging whether it is put together with other gateways
     */
    public static Seen from(String target, AgentBeans beans, boolean merging, InstantSource clock)
        throws IOException, JMException {
      Reading reading = Reading.of(target, beans, merging);
      return new Seen(reading, Sample.from(beans, reading.endpoints(), reading.system(), clock));
    }
  }

  /** Takes what gateways say now; what they said last is what that is compared with. */
  public void next(List<Seen> seen) {
    before.clear();
    before.putAll(now);
    now.clear();
    seen.forEach(one -> now.put(one.reading().target(), one));
  }

  /** Forgets all, since nobody looks. */
  public void clear() {
    before.clear();
    now.clear();
  }

  private List<Seen> of(@Nullable String target) {
    if (target == null) {
      return List.copyOf(now.values());
    }
    Seen one = now.get(target);
    return one == null ? List.of() : List.of(one);
  }

  /**
   * The figures as the history gives them; null where no gateway answered.
   *
   * @param target null for all
   */
  public @Nullable Map<String, @Nullable Number> point(@Nullable String target, Instant at) {
    List<Change> changes = new ArrayList<>();
    for (Seen seen : of(target)) {
      Seen last = before.get(seen.reading().target());
      changes.add(Change.between(last == null ? null : last.sample(), seen.sample()));
    }
    if (changes.isEmpty()) {
      return null;
    }
    Map<String, @Nullable Number> point = new LinkedHashMap<>();
    point.put("t", at.toEpochMilli());
    Change.figures(changes).forEach((figure, value) -> point.put(Figure.label(figure), value));
    return point;
  }

  /** How gateways do; null where none answered. */
  public @Nullable PerformanceStatus status(@Nullable String target) {
    List<Reading> readings = of(target).stream().map(Seen::reading).toList();
    return readings.isEmpty() ? null : PerformanceStatus.of(readings);
  }

  /** Activations that began, ended or were judged since the look before, the oldest first. */
  public List<ActivationFigures> activations(@Nullable String target) {
    List<ActivationFigures> changed = new ArrayList<>();
    for (Seen seen : of(target)) {
      String name = seen.reading().target();
      Seen last = before.get(name);
      if (last != null) {
        List<ActivationReport> known = last.reading().optimizer().activations();
        List<ActivationReport> reports = seen.reading().optimizer().activations();
        for (int i = reports.size() - 1; i >= 0; i--) {
          if (!known.contains(reports.get(i))) {
            changed.add(ActivationFigures.of(name, reports.get(i)));
          }
        }
      }
    }
    return changed;
  }
}
