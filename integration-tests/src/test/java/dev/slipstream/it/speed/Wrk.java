package dev.slipstream.it.speed;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The load generator of that name (Debian's package {@code wrk}), where it is on the path. */
final class Wrk implements Client {
  private static final Path SCRIPT = Path.of("src", "test", "speed", "many.lua");
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([\\d.]+)(s|m)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");

  private final Path program;

  private Wrk(Path program) {
    this.program = program;
  }

  /** Null where there is none. */
  static @Nullable Wrk find() {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, "wrk");
      if (Files.isExecutable(program)) {
        return new Wrk(program);
      }
    }
    return null;
  }

  @Override
  public Load run(
      int port,
      String path,
      String seed,
      int different,
      @Nullable String field,
      int status,
      int seconds)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("-t2", "-c" + CONNECTIONS, "-d" + seconds + "s", "--latency"));
    if (field != null) {
      command.addAll(List.of("-H", field));
    }
    if (path.endsWith("/")) {
      command.addAll(List.of("-s", SCRIPT.toString()));
    }
    command.add("http://127.0.0.1:" + port + path);
    if (path.endsWith("/")) {
      command.addAll(List.of("--", seed, Integer.toString(different)));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (said.contains("Non-2xx") || said.contains("Socket errors")) {
      throw new IOException(path + ": " + said);
    }
    Matcher requests = REQUESTS.matcher(said);
    Matcher p99 = P99.matcher(said);
    if (!requests.find() || !p99.find()) {
      throw new IOException(path + ": " + said);
    }
    double unit = requests.group(3).equals("m") ? 60 : 1;
    double micros =
        switch (p99.group(2)) {
          case "us" -> 1;
          case "ms" -> 1e3;
          default -> 1e6;
        };
    return new Load(
        Long.parseLong(requests.group(1)),
        unit * Double.parseDouble(requests.group(2)),
        micros * Double.parseDouble(p99.group(1)));
  }
}
