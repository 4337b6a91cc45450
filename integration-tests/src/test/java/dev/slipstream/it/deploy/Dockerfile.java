package dev.slipstream.it.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instructions of {@code deploy/docker/Dockerfile}.
 *
 * @param arguments build arguments with their defaults
 * @param stages instructions of each stage, {@code FROM} first
 */
record Dockerfile(Map<String, String> arguments, Map<String, List<String>> stages) {
  static Dockerfile read() {
    return parse(Deploy.read(Deploy.FOLDER.resolve("docker/Dockerfile")));
  }

  static Dockerfile parse(String text) {
    Map<String, String> arguments = new TreeMap<>();
    Map<String, List<String>> stages = new LinkedHashMap<>();
    List<String> stage = new ArrayList<>();
    for (String line :
        text.replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R\\s*", "").split("\\R", -1)) {
      if (line.isBlank()) {
        continue;
      }
      String[] words = line.split(" +", 2);
      if (words[0].equals("ARG")) {
        String[] argument = words[1].split("=", 2);
        arguments.put(argument[0], argument[1].replace("\"", ""));
      } else if (words[0].equals("FROM")) {
        stage = new ArrayList<>();
        stages.put(line.substring(line.toUpperCase(Locale.ROOT).lastIndexOf(" AS ") + 4), stage);
        stage.add(line);
      } else {
        stage.add(line);
      }
    }
    return new Dockerfile(arguments, stages);
  }

  /** The instructions of a stage that have a name, such as {@code USER}. */
  List<String> instructions(String stage, String name) {
    return stages.getOrDefault(stage, List.of()).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }
}
