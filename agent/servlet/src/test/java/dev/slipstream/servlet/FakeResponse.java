package dev.slipstream.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A container's response: keeps what reaches it. Names of fields repeat, as Tomcat's do. It is
 * committed by a flush, and by an error page at once.
 */
final class FakeResponse implements InvocationHandler {
  final List<String> names = new ArrayList<>();
  final List<String> values = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Charset charset;
  int status = 200;
  String contentType;
  RuntimeException failure;
  boolean failsToTell;
  private PrintWriter writer;
  private boolean streamTaken;
  private boolean committed;

  FakeResponse() {
    this(StandardCharsets.UTF_8);
  }

  FakeResponse(Charset charset) {
    this.charset = charset;
  }

  HttpServletResponse build() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            FakeResponse.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, this);
  }

  /** What reached the container. */
  byte[] body() {
    if (writer != null) {
      writer.flush();
    }
    return body.toByteArray();
  }

  private int status() {
    if (failsToTell) {
      throw new IllegalStateException("not told");
    }
    return status;
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(names.get(i) + ": " + values.get(i));
    }
    return fields;
  }

  @Override
  public Object invoke(Object proxy, Method called, Object[] arguments) {
    String name = arguments == null ? "" : arguments[0].toString();
    return switch (called.getName()) {
      case "getStatus" -> status();
      case "setStatus" -> status((int) arguments[0]);
      case "sendError" -> error((int) arguments[0]);
      case "isCommitted" -> committed;
      case "flushBuffer" -> flush();
      case "getHeaderNames" -> List.copyOf(names);
      case "getHeader" -> all(name).stream().findFirst().orElse(null);
      case "containsHeader" -> !all(name).isEmpty();
      case "getHeaders" -> all(name);
      case "setHeader" -> set(name, (String) arguments[1]);
      case "addHeader" -> add(name, (String) arguments[1]);
      case "setContentLengthLong" -> set("Content-Length", name);
      case "getContentType" -> contentType;
      case "setContentType" -> contentType(name);
      case "getCharacterEncoding" -> charset.name();
      case "getOutputStream" -> stream();
      case "getWriter" -> writer();
      case "resetBuffer" -> forgetBody();
      case "reset" -> forgetAll();
      default -> throw new UnsupportedOperationException(called.toString());
    };
  }

  private Object status(int changed) {
    if (!committed) {
      status = changed;
    }
    return null;
  }

  private Object contentType(String changed) {
    contentType = changed;
    return null;
  }

  private Object error(int changed) {
    forgetBody();
    status = changed;
    return flush();
  }

  private Object flush() {
    committed = true;
    return null;
  }

  private Object forgetAll() {
    forgetBody();
    names.clear();
    values.clear();
    contentType = null;
    status = 200;
    writer = null;
    streamTaken = false;
    return null;
  }

  private Object forgetBody() {
    if (committed) {
      throw new IllegalStateException("the response is committed");
    }
    body();
    body.reset();
    return null;
  }

  private Object set(String name, String value) {
    if (committed) {
      return null;
    }
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).equalsIgnoreCase(name)) {
        names.remove(i);
        values.remove(i);
      }
    }
    return add(name, value);
  }

  private Object add(String name, String value) {
    if (committed) {
      return null;
    }
    names.add(name);
    values.add(value);
    return null;
  }

  private List<String> all(String name) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        all.add(values.get(i));
      }
    }
    return all;
  }

  private PrintWriter writer() {
    if (streamTaken) {
      throw new IllegalStateException("the stream is taken");
    }
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(body, charset));
    }
    return writer;
  }

  private ServletOutputStream stream() {
    if (writer != null) {
      throw new IllegalStateException("the writer is taken");
    }
    streamTaken = true;
    return new ServletOutputStream() {
      @Override
      public void write(int one) throws IOException {
        if (failure != null) {
          throw failure;
        }
        body.write(one);
      }

      @Override
      public void flush() {
        committed = true;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
