package dev.convoy.spark.cluster;

import dev.convoy.collective.transport.Listener;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.collective.transport.Secret;
import dev.convoy.spark.config.ClusterConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;

/**
 * How the ranks of an attempt learn each other's addresses: each binds a socket at the address that
 * Spark itself advertises for its executor, and all exchange, in the barrier, what was really
 * bound.
 *
 * @param jobId of the run
 * @param attempt its number
 * @param secret of the job
 * @param encrypt whether the ranks encrypt
 * @param cluster ports and time-outs
 */
public record Rendezvous(
    String jobId, int attempt, byte[] secret, boolean encrypt, ClusterConfig cluster) {

  /** Waits, no longer than Spark's barrier time-out, for all ranks to come. */
  public MeshOptions meet(BarrierTaskContext context) throws IOException {
    int ranks = context.getTaskInfos().length;
    if (ranks == 1) {
      return MeshOptions.singleRank();
    }
    String host = host();
    ServerSocketChannel server = Listener.bind(host, cluster.portRange());
    try {
      return new MeshOptions(
          context.partitionId(),
          addresses(context, host, server),
          server,
          Secret.of(secret),
          jobId,
          attempt,
          encrypt,
          cluster.timeouts().connect(),
          cluster.timeouts().collective());
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Returns the address that Spark advertises for this executor. */
  public static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  /**
   * Tells all ranks where this one listens, and returns where each does, in their order.
   *
   * @param server bound at {@code host}
   */
  public static List<InetSocketAddress> addresses(
      BarrierTaskContext context, String host, ServerSocketChannel server) throws IOException {
    InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String address : context.allGather(host + " " + bound.getPort())) {
      int space = address.indexOf(' ');
      addresses.add(
          new InetSocketAddress(
              address.substring(0, space), Integer.parseInt(address.substring(space + 1))));
    }
    return addresses;
  }
}
