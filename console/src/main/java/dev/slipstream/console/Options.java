package dev.slipstream.console;

import dev.slipstream.console.targets.TargetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param host name or address to listen on
 * @param port port to listen on; 0 for any free one
 * @param targets the gateways to read; empty to look for them on this machine
 * @param config file with further gateways and how they let the console in
 * @param security who is let in
 * @param help whether only to say how it is used
 */
record Options(
    String host,
    int port,
    List<TargetAddress> targets,
    @Nullable Path config,
    SecurityOptions security,
    boolean help) {
  static final String USAGE =
      """
      usage: java -jar slipstream-console.jar [options]
             java -jar slipstream-console.jar token NAME viewer|operator [--tokens-file FILE]
                                   makes a token and prints it once

        --port N                   port to listen on (8000); 0 for any free one
        --host ADDRESS             address to listen on (127.0.0.1). Beyond loopback every
                                   request needs a token, and TLS is needed
        --target NAME=HOST:PORT    a gateway's remote JMX port; repeatable. Without it and
                                   --config the gateways of this machine and user are found
                                   by attaching
        --config FILE              YAML: gateways with user, password file and trust store,
                                   or a DNS name behind which they are
      who is let in:
        --token-file FILE          the console's own token, an operator's, made at the first
                                   start (~/.slipstream/console-token)
        --tokens-file FILE         further tokens: name:viewer|operator:sha256 on a line;
                                   with it, no token of its own unless --token-file is given
        --tls-keystore FILE        PKCS #12 with key and certificates
        --tls-password-file FILE   its password
        --insecure-plaintext       listen beyond loopback without TLS: a proxy ends it
        --allowed-host NAME        a further name that Host may have; repeatable
        --rate-limit N             requests a second of one address (200)
      what is written down:
        --audit-file FILE          changes (console-audit.jsonl beside the token)
        --access-log FILE          requests (none)
        --help                     says this""";

  private static final int HIGHEST_RATE = 1_000_000;

  private static final Set<String> VALUED =
      Set.of(
          "--port",
          "--host",
          "--target",
          "--config",
          "--token-file",
          "--tokens-file",
          "--tls-keystore",
          "--tls-password-file",
          "--allowed-host",
          "--rate-limit",
          "--audit-file",
          "--access-log");
  private static final Set<String> FLAGS = Set.of("--help", "--insecure-plaintext");

  Options {
    targets = List.copyOf(targets);
  }

  /**
   * Reads the arguments of {@code main}.
   *
   * @throws IllegalArgumentException if they are not understood; the message says why, in one line
   */
  static Options parse(String... arguments) {
    Arguments given = new Arguments(List.of(arguments), VALUED, FLAGS);
    if (!given.words().isEmpty()) {
      throw new IllegalArgumentException("unknown option \"" + given.words().get(0) + "\"");
    }
    int port = given.number("--port", "port", 8000, 0, 65_535);
    List<TargetAddress> targets = given.all("--target").stream().map(TargetAddress::parse).toList();
    return new Options(
        given.value("--host", "127.0.0.1"),
        port,
        targets,
        given.path("--config"),
        security(given),
        given.has("--help"));
  }

  private static SecurityOptions security(Arguments given) {
    return new SecurityOptions(
        given.path("--token-file"),
        given.path("--tokens-file"),
        given.path("--tls-keystore"),
        given.path("--tls-password-file"),
        given.has("--insecure-plaintext"),
        given.all("--allowed-host"),
        given.path("--audit-file"),
        given.path("--access-log"),
        given.number("--rate-limit", "rate", SecurityOptions.USUAL_RATE, 1, HIGHEST_RATE));
  }
}
