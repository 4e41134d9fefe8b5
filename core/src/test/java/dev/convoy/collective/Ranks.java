package dev.convoy.collective;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.collective.transport.Listener;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.PortRange;
import dev.convoy.collective.transport.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Ranks as threads of this process, over real sockets of the loopback interface. */
public final class Ranks {
  public static final Secret SECRET =
      Secret.of("an example's secret, 16 or more".getBytes(StandardCharsets.UTF_8));
  private static final long LONGEST_SECONDS = 60;

  private Ranks() {}

  /** What one rank does. */
  public interface Body<T> {
    T run(MeshOptions options) throws Exception;
  }

  public static List<MeshOptions> options(int ranks, boolean encrypt, Duration timeout)
      throws IOException {
    List<ServerSocketChannel> servers = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      ServerSocketChannel server = Listener.bind("127.0.0.1", PortRange.ANY);
      servers.add(server);
      addresses.add((InetSocketAddress) server.getLocalAddress());
    }
    List<MeshOptions> options = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      options.add(
          new MeshOptions(
              rank,
              addresses,
              servers.get(rank),
              SECRET,
              "job-1",
              2,
              encrypt,
              Duration.ofSeconds(20),
              timeout));
    }
    return options;
  }

  /** Runs all ranks and returns what they return; throws what the first of them throws. */
  public static <T> List<T> run(int ranks, boolean encrypt, Body<T> body) throws Exception {
    return run(options(ranks, encrypt, Duration.ofSeconds(20)), body);
  }

  public static <T> List<T> run(List<MeshOptions> options, Body<T> body) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<T>> running = new ArrayList<>();
      for (MeshOptions of : options) {
        running.add(threads.submit(() -> body.run(of)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get(LONGEST_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Runs all ranks, each of which may fail; returns each one's failure, or null. */
  public static List<CollectiveException> failures(List<MeshOptions> options, Body<Void> body)
      throws Exception {
    return run(
        options,
        of -> {
          try {
            body.run(of);
            return null;
          } catch (CollectiveException e) {
            return e;
          }
        });
  }

  /** One rank's options with something changed. */
  public static List<MeshOptions> with(
      List<MeshOptions> options, int rank, UnaryOperator<MeshOptions> change) {
    List<MeshOptions> changed = new ArrayList<>(options);
    changed.set(rank, change.apply(options.get(rank)));
    return changed;
  }
}
