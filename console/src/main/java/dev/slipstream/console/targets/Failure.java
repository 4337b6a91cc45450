package dev.slipstream.console.targets;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.AttachOperationFailedException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.rmi.ConnectIOException;
import java.rmi.ServerError;
import java.rmi.ServerException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.management.InstanceNotFoundException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a gateway gave no answer.
 *
 * @param kind what sort of failure it is
 * @param error what happened, for the operator
 */
public record Failure(Kind kind, String error) {

  /** The sorts of failure, which an operator handles differently. */
  public enum Kind {
    /** Nothing listens there, or the process has ended. */
    GONE,
    /** It is there and did not answer in time. */
    HANGING,
    /** A JVM answers, without the agent's MBeans. */
    NO_AGENT,
    /** It answers, and does not let the console in. */
    DENIED,
    /** It answers with what the console cannot use, such as an agent of another version. */
    FAILED,
    /** The agent is well and refused what it was asked. */
    REJECTED;

    /** The name for the API. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Says what an exception of a call means. */
  static Failure of(Throwable thrown) {
    Throwable error = unwrapped(thrown);
    Throwable root = rootOf(error);
    if (error instanceof NoAgentException) {
      return new Failure(Kind.NO_AGENT, "has no Slipstream agent");
    }
    if (error instanceof TimeoutException || root instanceof SocketTimeoutException) {
      return new Failure(Kind.HANGING, "did not answer in time");
    }
    if (error instanceof SecurityException) {
      return new Failure(Kind.DENIED, "does not let the console in: " + describe(error));
    }
    if (error instanceof IllegalArgumentException) {
      return new Failure(Kind.REJECTED, describe(error));
    }
    if (error instanceof NoConnectorException || speaksAnotherProtocol(error)) {
      return new Failure(Kind.FAILED, "is no JMX connector: " + describe(root));
    }
    if (root instanceof SSLException || root instanceof GeneralSecurityException) {
      return new Failure(Kind.FAILED, "is not trusted, or speaks no TLS: " + describe(root));
    }
    if (root instanceof FileSystemException) {
      return new Failure(Kind.FAILED, "cannot be logged in to: " + describe(root));
    }
    if (root instanceof UnknownHostException) {
      return new Failure(Kind.GONE, "has an unknown host: " + describe(root));
    }
    if (error instanceof InstanceNotFoundException) {
      return new Failure(
          Kind.FAILED,
          "has no " + describe(error) + ": it is starting, or its agent is of another version");
    }
    if (error instanceof IOException && !answeredWithAnError(error, root)) {
      return new Failure(Kind.GONE, "cannot be reached: " + describe(root));
    }
    return new Failure(Kind.FAILED, "could not be read: " + describe(root));
  }

  private static boolean speaksAnotherProtocol(Throwable error) {
    return error instanceof ConnectIOException && error.getCause() == null;
  }

  private static boolean answeredWithAnError(Throwable error, Throwable root) {
    return error instanceof ServerException
        || error instanceof ServerError
        || root instanceof AttachNotSupportedException
        || root instanceof AttachOperationFailedException
        || root instanceof ClassNotFoundException
        || root instanceof ObjectStreamException;
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable error = thrown;
    while (error.getCause() != null
        && (error instanceof CompletionException
            || error instanceof ExecutionException
            || error instanceof UndeclaredThrowableException)) {
      error = error.getCause();
    }
    return error;
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    for (Throwable next = root.getCause(); next != null && next != root; next = root.getCause()) {
      root = next;
    }
    return root;
  }

  private static String describe(Throwable error) {
    @Nullable String message = error.getMessage();
    String name = error.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : message.lines().findFirst().orElse(name);
  }
}
