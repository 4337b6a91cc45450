package com.example.gateway;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Wraps the response so that it is upper-cased on its way, byte by byte. */
final class UpperCaseFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("X-Wrapped", "yes");
    chain.doFilter(request, new UpperCase(response));
  }

  private static final class UpperCase extends HttpServletResponseWrapper {
    private @Nullable PrintWriter writer;

    UpperCase(HttpServletResponse response) {
      super(response);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      ServletOutputStream stream = super.getOutputStream();
      return new ServletOutputStream() {
        @Override
        public void write(int value) throws IOException {
          stream.write(value >= 'a' && value <= 'z' ? value - 32 : value);
        }

        @Override
        public void flush() throws IOException {
          stream.flush();
        }

        @Override
        public boolean isReady() {
          return stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          stream.setWriteListener(listener);
        }
      };
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      PrintWriter existing = writer;
      if (existing == null) {
        existing =
            new PrintWriter(
                new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8) {
                  @Override
                  public void write(String text, int from, int length) throws IOException {
                    super.write(text, from, length);
                    super.flush();
                  }
                });
        writer = existing;
      }
      return existing;
    }
  }
}
