package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InvalidClassException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.rmi.ConnectException;
import java.rmi.ConnectIOException;
import java.rmi.RemoteException;
import java.rmi.ServerException;
import java.rmi.UnmarshalException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of(new NoAgentException(), Failure.Kind.NO_AGENT),
        Arguments.of(
            new ConnectException("refused", new java.net.ConnectException("no")),
            Failure.Kind.GONE),
        Arguments.of(new UnknownHostException("h"), Failure.Kind.GONE),
        Arguments.of(new java.io.EOFException(), Failure.Kind.GONE),
        Arguments.of(new TimeoutException(), Failure.Kind.HANGING),
        Arguments.of(
            new UnmarshalException("x", new SocketTimeoutException()), Failure.Kind.HANGING),
        Arguments.of(
            new ConnectIOException("x", new SocketTimeoutException()), Failure.Kind.HANGING),
        Arguments.of(new ConnectIOException("non-JRMP server"), Failure.Kind.FAILED),
        Arguments.of(new NoConnectorException("x"), Failure.Kind.FAILED),
        Arguments.of(new ServerException("x", new RemoteException()), Failure.Kind.FAILED),
        Arguments.of(
            new UnmarshalException("x", new InvalidClassException("x")), Failure.Kind.FAILED),
        Arguments.of(new InstanceNotFoundException("x"), Failure.Kind.FAILED),
        Arguments.of(new AttributeNotFoundException("x"), Failure.Kind.FAILED),
        Arguments.of(new NoClassDefFoundError("x"), Failure.Kind.FAILED),
        Arguments.of(new SecurityException("x"), Failure.Kind.DENIED),
        Arguments.of(new IllegalArgumentException("x"), Failure.Kind.REJECTED));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void kind_followsFromTheException(Throwable thrown, Failure.Kind kind) {
    assertThat(Failure.of(thrown).kind()).isEqualTo(kind);
    assertThat(Failure.of(new CompletionException(thrown)).kind()).isEqualTo(kind);
    assertThat(Failure.of(new UndeclaredThrowableException(thrown)).kind()).isEqualTo(kind);
  }

  @Test
  void error_isOneLine() {
    assertThat(Failure.of(new RemoteException("first\nsecond")).error())
        .isEqualTo("cannot be reached: first");
    assertThat(Failure.of(new IllegalStateException()).error())
        .isEqualTo("could not be read: IllegalStateException");
  }
}
