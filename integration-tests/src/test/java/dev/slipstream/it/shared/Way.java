package dev.slipstream.it.shared;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.util.List;
import javax.management.JMException;

/** How a gateway is told that what is stored for a path is no longer right. */
enum Way {
  TAG {
    @Override
    int write(VersionedOrigin origin, SharedGateway gateway, HttpConnection connection, String path)
        throws IOException, JMException {
      int version = origin.write(path);
      gateway.invalidate(List.of(VersionedOrigin.tag(path)), List.of());
      return version;
    }
  },
  PATTERN {
    @Override
    int write(VersionedOrigin origin, SharedGateway gateway, HttpConnection connection, String path)
        throws IOException, JMException {
      int version = origin.write(path);
      gateway.invalidate(List.of(), List.of("GET:" + path + ":*"));
      return version;
    }
  },
  PURGE {
    @Override
    int write(VersionedOrigin origin, SharedGateway gateway, HttpConnection connection, String path)
        throws IOException {
      int version = origin.write(path);
      String token = "X-Purge-Token: " + GatewayGroup.PURGE_TOKEN;
      expectSuccess(connection.exchange("PURGE", path, List.of(token)));
      return version;
    }
  },
  /** An unsafe request to the path itself (RFC 9111 §4.4). */
  UNSAFE {
    @Override
    int write(VersionedOrigin origin, SharedGateway gateway, HttpConnection connection, String path)
        throws IOException {
      Answer answer = connection.exchange("PUT", path, List.of("Content-Length: 0"));
      return Integer.parseInt(expectSuccess(answer).text());
    }
  },
  /** One that a rule names, for what is elsewhere: all below {@code /ruled}. */
  RULE {
    @Override
    int write(VersionedOrigin origin, SharedGateway gateway, HttpConnection connection, String path)
        throws IOException {
      int version = origin.write(path);
      expectSuccess(connection.exchange("POST", "/sync/refresh", List.of("Content-Length: 0")));
      return version;
    }
  };

  /** Has the path's version rise and a gateway told of it. Returns the new version. */
  abstract int write(
      VersionedOrigin origin, SharedGateway gateway, HttpConnection connection, String path)
      throws IOException, JMException;

  private static Answer expectSuccess(Answer answer) {
    if (answer.status() != 200 || !answer.complete()) {
      throw new AssertionError("failed: " + answer);
    }
    return answer;
  }
}
