package dev.convoy.spark.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag$;

/** The master of a standalone cluster, as far as it can be asked for its workers. */
final class StandaloneMaster {
  private static final String SCHEME = "spark://";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<RpcAddress> addresses = new ArrayList<>();

  /**
   * Creates a client of a master.
   *
   * @param url {@code spark://HOST:PORT}, or several of them separated by commas, of which one
   *     leads
   */
  StandaloneMaster(String url) {
    for (String address : url.substring(SCHEME.length()).split(",", -1)) {
      int colon = address.lastIndexOf(':');
      addresses.add(
          new RpcAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }
  }

  /** Returns whether a master's URL is that of a standalone cluster. */
  static boolean is(String url) {
    return url.startsWith(SCHEME);
  }

  /**
   * Returns the web addresses of all workers that have registered and are not known to be gone.
   *
   * @throws RuntimeException if no master answers, or in another way than those of Spark 4 do
   */
  List<URI> workers() {
    List<URI> workers = new ArrayList<>();
    RuntimeException silent = null;
    for (RpcAddress address : addresses) {
      try {
        for (WorkerInfo worker : state(address).workers()) {
          workers.add(URI.create(worker.webUiAddress()));
        }
      } catch (RuntimeException e) {
        silent = e;
      }
    }
    if (workers.isEmpty() && silent != null) {
      throw silent;
    }
    return workers;
  }

  private static DeployMessages.MasterStateResponse state(RpcAddress address) {
    RpcEndpointRef master = SparkEnv.get().rpcEnv().setupEndpointRef(address, "Master");
    return master.askSync(
        DeployMessages.RequestMasterState$.MODULE$,
        new RpcTimeout(
            FiniteDuration.apply(PATIENCE.toSeconds(), TimeUnit.SECONDS), "a constant of Convoy's"),
        ClassTag$.MODULE$.apply(DeployMessages.MasterStateResponse.class));
  }
}
