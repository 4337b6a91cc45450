package com.example.old;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Uses libraries that the agent has too, in versions of years ago. */
public final class OldLibrariesServlet extends HttpServlet {
  private static final Logger LOG = LoggerFactory.getLogger(OldLibrariesServlet.class);

  private final transient Cache<String, String> cache =
      Caffeine.newBuilder().maximumSize(10).expireAfterWrite(Duration.ofMinutes(1)).build();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "max-age=600");
    response.setContentType("text/plain");
    PrintWriter out = response.getWriter();
    out.println("caffeine " + cache.get("key", key -> key + " computed") + from(Caffeine.class));
    ObjectMapper mapper = new ObjectMapper();
    Map<?, ?> tree = mapper.readValue("{\"key\": [1, 2]}", Map.class);
    out.println("jackson " + mapper.writeValueAsString(tree) + from(ObjectMapper.class));
    out.println("jackson version " + mapper.version());
    LOG.info("logged by the application");
    out.println("slf4j " + LOG.getClass().getName() + from(Logger.class));
    out.println("jedis " + ping() + from(Jedis.class));
  }

  private static String from(Class<?> type) {
    String source = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return " from " + source.substring(source.lastIndexOf('/') + 1);
  }

  /** A pool asks a server that knows one command. */
  private static String ping() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ForkJoinPool.commonPool().execute(() -> pong(server));
      try (JedisPool pool = new JedisPool(config(), "localhost", server.getLocalPort(), 5_000);
          Jedis jedis = pool.getResource()) {
        return jedis.ping();
      }
    }
  }

  private static JedisPoolConfig config() {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(1);
    return config;
  }

  private static void pong(ServerSocket server) {
    try (Socket socket = server.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("PING")) {
          socket.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
        } else if (line.equals("QUIT")) {
          socket.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
          return;
        }
      }
    } catch (IOException e) {
      LOG.warn("the server's connection failed", e);
    }
  }
}
