package dev.slipstream.it.servers;

import dev.slipstream.it.Answer;
import dev.slipstream.it.servers.Probe.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The run of a server alone beside its run with the agent; each method names what is wrong. */
record Outcome(Server server, Run alone, Run agent) {
  private static final Pattern COMPLAINT =
      Pattern.compile(
          "VerifyError|NoClassDefFoundError|ClassCastException|LinkageError|IllegalAccessError"
              + "|NoSuchMethodError|NoSuchFieldError|ClassFormatError|IncompatibleClassChangeError"
              + "|AbstractMethodError|InaccessibleObjectException|StackOverflowError"
              + "|ClassCircularityError|dev\\.slipstream\\.|SlipstreamGate|bytebuddy"
              + "|\\[slipstream\\] \\S+ (ERROR|WARN)");

  /** The result in a line. */
  String summary() {
    int cacheable = probes(Expected.CACHED).size();
    long hits = probes(Expected.CACHED).stream().filter(i -> agent.second().get(i).isHit()).count();
    int different =
        differingFirstAnswers().size()
            + differingRest().size()
            + differingParallelAnswers().size()
            + notFresh().size();
    return server.probes().size()
        + " requests, "
        + different
        + " differences, "
        + hits
        + " of "
        + cacheable
        + " cached, "
        + complaints().size()
        + " complaints, "
        + (agent.end().isPresent() ? "ended" : "had to be killed");
  }

  List<String> differingFirstAnswers() {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < server.probes().size(); i++) {
      wrong.addAll(Difference.between(alone.first().get(i), agent.first().get(i)));
      if (agent.first().get(i).isHit() && server.probes().get(i).expected() != Expected.EITHER) {
        wrong.add(server.probes().get(i) + ": a hit before anything was stored");
      }
    }
    return wrong;
  }

  /** Cacheable answers whose second is not the first, from the cache. */
  List<String> notCached() {
    List<String> wrong = new ArrayList<>();
    for (int i : probes(Expected.CACHED)) {
      Answer second = agent.second().get(i);
      if (!second.isHit()) {
        wrong.add(
            server.probes().get(i)
                + ": no hit, but "
                + second.cacheStatus()
                + " after "
                + agent.first().get(i).cacheStatus());
      } else {
        wrong.addAll(Difference.between(agent.first().get(i), second));
      }
    }
    return wrong;
  }

  /** Answers that have to be made anew, and were not, or are others than without the agent. */
  List<String> notFresh() {
    List<String> wrong = new ArrayList<>();
    for (int i : probes(Expected.FRESH)) {
      Answer second = agent.second().get(i);
      if (second.isHit()) {
        wrong.add(server.probes().get(i) + ": " + second.cacheStatus());
      }
      wrong.addAll(Difference.between(alone.second().get(i), second));
    }
    return wrong;
  }

  /** Probes of FRESH whose answer does not tell: the baseline says the same twice. */
  List<String> tellingNothing() {
    return probes(Expected.FRESH).stream()
        .filter(i -> alone.first().get(i).body().equals(alone.second().get(i).body()))
        .map(i -> server.probes().get(i) + ": " + alone.first().get(i).statusLine())
        .toList();
  }

  List<String> differingRest() {
    List<String> wrong = new ArrayList<>();
    for (int i : probes(Expected.EITHER)) {
      wrong.addAll(Difference.between(alone.second().get(i), agent.second().get(i)));
    }
    return wrong;
  }

  List<String> differingParallelAnswers() {
    List<String> wrong = new ArrayList<>();
    for (Answer answer : agent.parallel()) {
      wrong.addAll(Difference.between(alone.parallel().get(0), answer));
    }
    return wrong;
  }

  /** Lines of the log that complain of linkage or of us, more often than without the agent. */
  List<String> complaints() {
    Map<String, List<String>> before = complaints(alone.log());
    List<String> wrong = new ArrayList<>();
    complaints(agent.log())
        .forEach(
            (kind, lines) -> {
              if (lines.size() > before.getOrDefault(kind, List.of()).size()) {
                wrong.add(kind + ", " + lines.size() + " times, as " + lines.get(0));
              }
            });
    return wrong;
  }

  private static Map<String, List<String>> complaints(List<String> log) {
    Map<String, List<String>> found = new TreeMap<>();
    for (String line : log) {
      @Nullable String kind = kind(line);
      if (kind != null) {
        found.computeIfAbsent(kind, first -> new ArrayList<>()).add(line);
      }
    }
    return found;
  }

  private static @Nullable String kind(String line) {
    Matcher matcher = COMPLAINT.matcher(line);
    return matcher.find() ? matcher.group().replaceAll("[0-9T:.-]+Z ", "") : null;
  }

  private List<Integer> probes(Expected expected) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < server.probes().size(); i++) {
      if (server.probes().get(i).expected() == expected) {
        found.add(i);
      }
    }
    return found;
  }
}
