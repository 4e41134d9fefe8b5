package dev.convoy.spark.forecast;

import dev.convoy.collective.Buckets;
import dev.convoy.collective.Collective;
import dev.convoy.collective.transport.Listener;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.PortRange;
import dev.convoy.collective.transport.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Ranks in this process, a thread each, that the loopback interface joins. */
final class LoopbackRanks {
  private static final String HOST = "127.0.0.1";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private LoopbackRanks() {}

  /** What a rank does with its collective. */
  @FunctionalInterface
  interface Work<T> {
    T run(Collective collective) throws Exception;
  }

  /** Runs all ranks and returns what they return, in their order. */
  static <T> List<T> run(int ranks, Buckets buckets, int virtualNodes, Work<T> work)
      throws IOException, InterruptedException {
    byte[] secret = Secret.random();
    List<ServerSocketChannel> servers = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      servers.add(Listener.bind(HOST, PortRange.ANY));
      addresses.add((InetSocketAddress) servers.get(rank).getLocalAddress());
    }
    List<Callable<T>> calls = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      MeshOptions options =
          new MeshOptions(
              rank,
              addresses,
              servers.get(rank),
              Secret.of(secret.clone()),
              "forecast",
              0,
              false,
              TIMEOUT,
              TIMEOUT);
      calls.add(
          () -> {
            try (Collective collective = Collective.open(options, buckets, virtualNodes)) {
              return work.run(collective);
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(ranks);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> rank : threads.invokeAll(calls)) {
        results.add(rank.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException("the exchange could not be measured: " + e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }
}
