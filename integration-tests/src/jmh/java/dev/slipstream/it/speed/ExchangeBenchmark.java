package dev.slipstream.it.speed;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the agent adds to a whole exchange, from the woven method's entry to its end, with all it
 * does by default: cache, profile, statistics, learning. The container has no socket.
 *
 * <p>Run with {@code -prof gc}: 512 B are the bound of a hit, 256 B of a request that passes
 * through. {@link ScalingBenchmark} shows how it scales.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExchangeBenchmark {
  private final Gateway gateway = new Gateway();

  /** One for each thread. */
  @State(Scope.Thread)
  public static class Client {
    private final Gateway.Connection connection = new Gateway.Connection();
    private int next;
  }

  /** Starts the engine, and stores what is asked for. */
  @Setup
  public void start() {
    gateway.start();
  }

  /** Ends the engine. */
  @TearDown
  public void stop() {
    gateway.close();
  }

  /** L1 answers. */
  @Benchmark
  public int hit(Client client) {
    return gateway.exchange(client.connection, "/hit", null);
  }

  /** L1 answers in gzip. */
  @Benchmark
  public int hitInGzip(Client client) {
    return gateway.exchange(client.connection, "/gzip/hit", null);
  }

  /** The application answers, and nothing is stored. */
  @Benchmark
  public int passThrough(Client client) {
    return gateway.exchange(client.connection, "/private", "no-store");
  }

  /** The application answers, and it is stored, each time under another URL; L1 is full soon. */
  @Benchmark
  public int missAndStore(Client client) {
    return gateway.exchange(client.connection, "/items/" + client.next++, "max-age=3600");
  }

  /** The application alone, for comparison. */
  @Benchmark
  public int application(Client client) {
    return gateway.application(client.connection);
  }
}
