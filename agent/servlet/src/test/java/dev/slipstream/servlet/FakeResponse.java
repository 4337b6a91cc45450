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

/** A container's response: keeps what reaches it. Names of fields repeat, as Tomcat's do. */
final class FakeResponse implements InvocationHandler {
  final List<String> names = new ArrayList<>();
  final List<String> values = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Charset charset;
  int status = 200;
  String contentType;
  RuntimeException failure;
  private PrintWriter writer;
  private boolean streamTaken;

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

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(names.get(i) + ": " + values.get(i));
    }
    return fields;
  }

  @Override
  public Object invoke(Object proxy, Method called, Object[] arguments) {
    switch (called.getName()) {
      case "getStatus":
        return status;
      case "setStatus":
        status = (int) arguments[0];
        return null;
      case "sendError":
        status = (int) arguments[0];
        return null;
      case "getHeaderNames":
        return List.copyOf(names);
      case "getHeaders":
        return all((String) arguments[0]);
      case "setHeader":
        remove((String) arguments[0]);
        add(arguments);
        return null;
      case "addHeader":
        add(arguments);
        return null;
      case "getContentType":
        return contentType;
      case "setContentType":
        contentType = (String) arguments[0];
        return null;
      case "setContentLengthLong":
        remove("Content-Length");
        add(new Object[] {"Content-Length", arguments[0].toString()});
        return null;
      case "getCharacterEncoding":
        return charset.name();
      case "getOutputStream":
        return stream();
      case "getWriter":
        return writer();
      case "reset":
        names.clear();
        values.clear();
        status = 200;
        forgetBody();
        return null;
      case "resetBuffer":
        forgetBody();
        return null;
      default:
        throw new UnsupportedOperationException(called.toString());
    }
  }

  private void forgetBody() {
    body();
    body.reset();
  }

  private void add(Object[] nameAndValue) {
    names.add((String) nameAndValue[0]);
    values.add((String) nameAndValue[1]);
  }

  private void remove(String name) {
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).equalsIgnoreCase(name)) {
        names.remove(i);
        values.remove(i);
      }
    }
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
