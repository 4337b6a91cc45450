package dev.slipstream.console;

import dev.slipstream.console.security.KnownToken;
import dev.slipstream.console.security.Role;
import dev.slipstream.console.security.Token;
import dev.slipstream.console.security.TokensFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code token NAME ROLE}: makes a token, of which the console keeps the hash alone. */
final class TokenCommand {
  private TokenCommand() {}

  /**
   * Makes one; adds it to the tokens file if one is named.
   *
   * @return the lines to print
   * @throws IllegalArgumentException if the arguments are not understood
   */
  static List<String> run(List<String> arguments) throws IOException {
    Arguments given = new Arguments(arguments, Set.of("--tokens-file"), Set.of());
    if (given.words().size() != 2) {
      throw new IllegalArgumentException("token takes a name and a role: viewer or operator");
    }
    String role = given.words().get(1);
    String token = Token.make();
    KnownToken known =
        KnownToken.of(
            given.words().get(0),
            Role.ofToken(role)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "role \"" + role + "\" is neither viewer nor operator")),
            token);
    List<String> lines = new ArrayList<>();
    lines.add("token, printed this once: " + token);
    Path file = given.path("--tokens-file");
    if (file == null) {
      lines.add("line for --tokens-file: " + known.line());
    } else {
      TokensFile.add(file, known);
      lines.add("its hash was added to " + file);
    }
    return lines;
  }
}
