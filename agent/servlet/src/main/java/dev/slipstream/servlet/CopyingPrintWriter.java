package dev.slipstream.servlet;

import java.io.PrintWriter;

/** The print methods on top of {@link CopyingWriter}; it keeps no buffer of its own. */
final class CopyingPrintWriter extends PrintWriter {
  private final CopyingWriter writer;
  private final PrintWriter container;

  CopyingPrintWriter(CopyingWriter writer, PrintWriter container) {
    super(writer);
    this.writer = writer;
    this.container = container;
  }

  @Override
  public void println() {
    writer.endLine();
  }

  @Override
  public void println(boolean value) {
    print(value);
    println();
  }

  @Override
  public void println(char value) {
    print(value);
    println();
  }

  @Override
  public void println(int value) {
    print(value);
    println();
  }

  @Override
  public void println(long value) {
    print(value);
    println();
  }

  @Override
  public void println(float value) {
    print(value);
    println();
  }

  @Override
  public void println(double value) {
    print(value);
    println();
  }

  @Override
  public void println(char[] value) {
    print(value);
    println();
  }

  @Override
  public void println(String value) {
    print(value);
    println();
  }

  @Override
  public void println(Object value) {
    print(String.valueOf(value));
    println();
  }

  /** What comes later is the container's to ignore, or to call an error. */
  @Override
  public void close() {
    writer.close();
  }

  @Override
  public boolean checkError() {
    return super.checkError() || container.checkError();
  }
}
