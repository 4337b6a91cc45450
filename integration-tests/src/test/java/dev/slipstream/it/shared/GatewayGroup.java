package dev.slipstream.it.shared;

import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Gateways in JVMs of their own, before one origin and over one Redis. */
record GatewayGroup(List<SharedGateway> gateways) implements AutoCloseable {
  static final String PURGE_TOKEN = "a-token-of-16-and-more";

  private static final String RULES =
      """
      rules:
        - {name: ruled, pattern: "/sync/ruled/*", invalidate_on: ["POST /sync/refresh"]}
      """;

  GatewayGroup {
    gateways = List.copyOf(gateways);
  }

  /** Starts some, each with the agent's options ({@code key=value}), and waits for all. */
  static GatewayGroup start(int count, VersionedOrigin origin, String redisUrl, String... options) {
    return start(Collections.nCopies(count, redisUrl), origin, options);
  }

  /** Starts one for each address of Redis. */
  static GatewayGroup start(List<String> redisUrls, VersionedOrigin origin, String... options) {
    List<GatewayProcess> processes = new ArrayList<>();
    try {
      for (String redisUrl : redisUrls) {
        String[] all =
            Stream.concat(
                    Stream.of(
                        "redis_url=" + redisUrl,
                        "purge_token=" + PURGE_TOKEN,
                        "cache_rules_config_file=" + rulesFile()),
                    Stream.of(options))
                .toArray(String[]::new);
        processes.add(
            new GatewayProcess.Builder("shared-tomcat-11", "com.example.proxy.TomcatMain")
                .classPath(Applications.proxyClassPath("tomcat-11"))
                .arguments(List.of(String.format(Locale.ROOT, "%d", origin.port())))
                .agent(all)
                .start());
      }
      List<SharedGateway> gateways = new ArrayList<>();
      for (GatewayProcess process : processes) {
        gateways.add(SharedGateway.of(gateways.size(), process));
      }
      gateways.forEach(SharedGateway::awaitConnected);
      return new GatewayGroup(gateways);
    } catch (RuntimeException | Error failure) {
      processes.forEach(GatewayProcess::close);
      throw failure;
    }
  }

  private static Path rulesFile() {
    try {
      Path folder = Files.createDirectories(Path.of("target", "rules", "shared"));
      return Files.writeString(folder.resolve("cache_rules.yaml"), RULES).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SharedGateway get(int number) {
    return gateways.get(number);
  }

  int size() {
    return gateways.size();
  }

  @Override
  public void close() {
    gateways.forEach(SharedGateway::close);
  }
}
