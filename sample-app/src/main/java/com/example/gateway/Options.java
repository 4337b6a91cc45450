package com.example.gateway;

/** The command line: where the gateway listens. Port 0 stands for any free port. */
record Options(String host, int port) {

  static final String USAGE = "usage: java -jar sample-gateway.jar [--port N] [--host ADDRESS]";

  Options {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
  }

  /**
   * Reads the arguments of {@code main}.
   *
   * @throws IllegalArgumentException if an option is unknown, has no value or a wrong one
   */
  static Options parse(String... arguments) {
    var host = "127.0.0.1";
    int port = 8080;
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("No value for " + arguments[i]);
      }
      var value = arguments[i + 1];
      switch (arguments[i]) {
        case "--host" -> host = value;
        case "--port" -> port = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
      }
    }
    return new Options(host, port);
  }
}
