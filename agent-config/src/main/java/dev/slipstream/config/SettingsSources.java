package dev.slipstream.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The places a setting may be set in, by precedence, and the names in them that nobody knows. */
final class SettingsSources {

  private static final String PROPERTY_PREFIX = "slipstream.";
  private static final String VARIABLE_PREFIX = "SLIPSTREAM_";
  private static final String PAGE = "docs/configuration.md";
  private static final String IGNORED = "it is ignored";

  /** What Kubernetes sets in every container for a service named {@code slipstream-…}. */
  private static final String KUBERNETES =
      ".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP).*)?)";

  private final Map<String, String> arguments;
  private final Map<String, SourcedText> properties = new HashMap<>();
  private final Map<String, String> environment;
  private final Problems problems;
  private Map<String, SourcedText> file = Map.of();

  SettingsSources(
      AgentArguments arguments,
      Map<String, String> systemProperties,
      Map<String, String> environment,
      Problems problems) {
    this.arguments = arguments.values();
    this.environment = Map.copyOf(environment);
    this.problems = problems;
    arguments.problems().forEach(problems::add);
    new TreeMap<>(systemProperties).forEach(this::addProperty);
    reportUnknownNames();
  }

  private void addProperty(String property, String value) {
    if (!property.startsWith(PROPERTY_PREFIX)) {
      return;
    }
    String name = property.substring(PROPERTY_PREFIX.length()).replace('.', '_');
    String origin = "system property " + property;
    if (properties.putIfAbsent(name, new SourcedText(value, origin)) != null) {
      problems.add(
          new Problem(
              origin,
              Problem.quote(name) + " is given twice",
              "each setting once",
              "the first value is used"));
    }
  }

  /** A comma that is not escaped may have cut a secret in two: then unknown names are not shown. */
  private Problem unknownArgument(String name, List<String> names) {
    String url = arguments.getOrDefault(SettingsTable.REDIS_URL.name(), "");
    boolean maybeCut =
        SettingsTable.ALL.stream()
                .filter(setting -> setting.secret() && !setting.equals(SettingsTable.REDIS_URL))
                .anyMatch(setting -> arguments.containsKey(setting.name()))
            || (url.contains("://") && !url.contains("@"));
    return maybeCut
        ? new Problem(
            "agent arguments",
            "unknown agent argument (not shown: it may be part of a secret)",
            "the names in " + PAGE + ", with \"\\,\" for a comma inside a value",
            IGNORED)
        : Problem.unknownName("agent arguments", "agent argument", name, names, PAGE, IGNORED);
  }

  private void reportUnknownNames() {
    List<String> names = SettingsTable.ALL.stream().map(Setting::name).toList();
    Set<String> known = new HashSet<>(names);
    for (String name : new TreeMap<>(arguments).keySet()) {
      if (!known.contains(name)) {
        problems.add(unknownArgument(name, names));
      }
    }
    new TreeMap<>(properties)
        .forEach(
            (name, text) -> {
              if (!known.contains(name)) {
                problems.add(
                    Problem.unknownName(text.origin(), "setting", name, names, PAGE, IGNORED));
              }
            });
    reportUnknownVariables();
  }

  private void reportUnknownVariables() {
    List<String> variables = SettingsTable.ALL.stream().map(Setting::ownVariable).toList();
    for (String variable : new TreeMap<>(environment).keySet()) {
      if (variable.startsWith(VARIABLE_PREFIX)
          && !variables.contains(variable)
          && !variable.matches(KUBERNETES)) {
        problems.add(
            Problem.unknownName("environment", "variable", variable, variables, PAGE, IGNORED));
      }
    }
  }

  /** Adds the settings file, the last source. */
  void addFile(Path path) {
    file = SettingsFile.read(path, problems);
    List<String> names = new ArrayList<>(SettingsTable.ALL.stream().map(Setting::name).toList());
    names.remove(SettingsTable.CONFIG.name());
    file.forEach(
        (name, text) -> {
          if (!names.contains(name)) {
            problems.add(Problem.unknownName(text.origin(), "setting", name, names, PAGE, IGNORED));
          }
        });
  }

  /** Returns the text of the first source that has one that is not blank; null where none has. */
  @Nullable SourcedText find(Setting<?> setting) {
    SourcedText argument =
        sourced(arguments.get(setting.name()), "agent argument " + setting.name());
    if (argument != null) {
      return argument;
    }
    SourcedText property = properties.get(setting.name());
    if (property != null && !property.text().isBlank()) {
      return property;
    }
    SourcedText variable = variable(setting.ownVariable());
    if (variable == null && setting.plainEnvironment()) {
      variable = variable(setting.plainVariable());
    }
    if (variable != null) {
      return variable;
    }
    SourcedText inFile = file.get(setting.name());
    return inFile != null && !inFile.text().isBlank() ? inFile : null;
  }

  private @Nullable SourcedText variable(String name) {
    return sourced(environment.get(name), "environment " + name);
  }

  private static @Nullable SourcedText sourced(@Nullable String text, String origin) {
    return text == null || text.isBlank() ? null : new SourcedText(text, origin);
  }
}
