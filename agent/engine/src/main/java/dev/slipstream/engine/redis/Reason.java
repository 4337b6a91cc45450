package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says in one line, without secrets, why the server cannot be used. */
final class Reason {
  private static final int GREATEST_LENGTH = 200;

  private Reason() {}

  static String of(Throwable failure, RedisUrl url) {
    if (failure instanceof JedisDataException) {
      return "the server says: " + cleaned(String.valueOf(failure.getMessage()), url);
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (root instanceof UnknownHostException) {
      return "the host's name has no address";
    }
    if (root instanceof ConnectException) {
      return "cannot connect: " + cleaned(String.valueOf(root.getMessage()), url);
    }
    if (root instanceof SSLException) {
      return "no TLS connection: " + cleaned(String.valueOf(root.getMessage()), url);
    }
    String message = root.getMessage();
    String name = root.getClass().getSimpleName();
    return cleaned(message == null ? name : name + ": " + message, url);
  }

  /** A server may repeat what it was sent, such as the arguments of a command it does not know. */
  private static String cleaned(String message, RedisUrl url) {
    String cleaned = message;
    for (String secret : new String[] {url.password(), url.user()}) {
      if (secret != null) {
        cleaned = cleaned.replace(secret, "***");
      }
    }
    cleaned = cleaned.replaceAll("\\p{Cntrl}+", " ");
    return cleaned.length() <= GREATEST_LENGTH ? cleaned : cleaned.substring(0, GREATEST_LENGTH);
  }
}
