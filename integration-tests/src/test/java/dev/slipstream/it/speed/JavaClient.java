package dev.slipstream.it.speed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A load generator for a machine without wrk: a thread for each connection. It takes about twice
 * wrk's share of the processor, so that fewer requests are answered; what one of them costs the
 * gateway is the same.
 */
final class JavaClient implements Client {
  private static final int SLOWEST_MICROS = 100_000;

  @Override
  public Load run(
      int port,
      String path,
      String seed,
      int different,
      @Nullable String field,
      int status,
      int seconds)
      throws IOException {
    long begun = System.nanoTime();
    long end = begun + TimeUnit.SECONDS.toNanos(seconds);
    List<FutureTask<int[]>> tasks = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      String prefix = path.endsWith("/") ? path + seed + "-" : path;
      String own = path.endsWith("/") && different == 0 ? prefix + i + "-" : prefix;
      int first = different == 0 ? 0 : i * different / CONNECTIONS;
      Callable<int[]> task =
          () -> ask(port, own, path.endsWith("/"), first, different, field, status, end);
      tasks.add(new FutureTask<>(task));
    }
    for (FutureTask<int[]> task : tasks) {
      Thread thread = new Thread(task, "client");
      thread.setDaemon(true);
      thread.start();
    }
    int[] all = new int[SLOWEST_MICROS];
    for (FutureTask<int[]> task : tasks) {
      int[] micros = result(task);
      for (int i = 0; i < all.length; i++) {
        all[i] += micros[i];
      }
    }
    double took = (System.nanoTime() - begun) / 1e9;
    long requests = 0;
    for (int count : all) {
      requests += count;
    }
    long sofar = 0;
    int p99 = 0;
    while (sofar < 0.99 * requests) {
      sofar += all[p99++];
    }
    return new Load(requests, took, p99);
  }

  private static int[] result(FutureTask<int[]> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many answers took how many microseconds. */
  private static int[] ask(
      int port,
      String prefix,
      boolean numbered,
      int first,
      int different,
      @Nullable String field,
      int status,
      long end)
      throws IOException {
    int[] micros = new int[SLOWEST_MICROS];
    String rest =
        " HTTP/1.1\r\nHost: 127.0.0.1:" + port + (field == null ? "" : "\r\n" + field) + "\r\n\r\n";
    int number = first;
    byte[] block = new byte[128 << 10];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(10_000);
      InputStream in = socket.getInputStream();
      for (long now = System.nanoTime(); now - end < 0; ) {
        number = different == 0 ? number + 1 : (number + 1) % different;
        String target = numbered ? prefix + number : prefix;
        String request = "GET " + target + rest;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        read(in, block, status);
        long then = System.nanoTime();
        micros[(int) Math.min(SLOWEST_MICROS - 1, (then - now) / 1_000)]++;
        now = then;
      }
    }
    return micros;
  }

  private static void read(InputStream in, byte[] block, int status) throws IOException {
    int used = 0;
    int head = -1;
    while (head < 0) {
      int count = in.read(block, used, block.length - used);
      if (count < 0) {
        throw new EOFException();
      }
      int from = Math.max(0, used - 3);
      used += count;
      head = endOfHead(block, from, used);
    }
    String text = new String(block, 0, head, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 " + status)) {
      throw new IOException(text);
    }
    int field = text.indexOf("\r\nContent-Length: ");
    int length = 0;
    if (field >= 0) {
      int begin = field + "\r\nContent-Length: ".length();
      length = Integer.parseInt(text.substring(begin, text.indexOf('\r', begin)));
    } else if (status != 304) {
      throw new IOException("no Content-Length: " + text);
    }
    while (used < head + length) {
      int count = in.read(block, used, block.length - used);
      if (count < 0) {
        throw new EOFException();
      }
      used += count;
    }
  }

  private static int endOfHead(byte[] block, int from, int to) {
    for (int i = from; i + 3 < to; i++) {
      if (block[i] == '\r'
          && block[i + 1] == '\n'
          && block[i + 2] == '\r'
          && block[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }
}
