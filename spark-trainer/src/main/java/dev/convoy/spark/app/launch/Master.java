package dev.convoy.spark.app.launch;

import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spark's master, and whether it has room for the executors asked for. Spark itself would retry a
 * barrier stage that does not fit for minutes.
 */
public sealed interface Master {
  Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*,\\s*(\\d{1,7})\\s*]");
  Pattern LOCAL = Pattern.compile("local(?:\\[\\s*(\\*|\\d{1,6})\\s*(?:,\\s*\\d+\\s*)?])?");

  /** Executor processes on this machine: workers, cores and MiB of each worker. */
  record LocalCluster(int workers, int cores, int memoryMiB) implements Master {
    @Override
    public String toString() {
      return "local-cluster[" + workers + "," + cores + "," + memoryMiB + "]";
    }
  }

  /** Threads of the driver's own process. */
  record Local(int threads) implements Master {
    @Override
    public String toString() {
      return "local[" + threads + "]";
    }
  }

  /** A cluster manager elsewhere: standalone, YARN, Kubernetes. */
  record Remote(String url) implements Master {
    @Override
    public String toString() {
      return url;
    }
  }

  /**
   * Returns the master the user asked for, or the local cluster that the configuration describes.
   */
  static Master of(String asked, ClusterConfig cluster) {
    if (asked == null) {
      return new LocalCluster(cluster.executors(), cluster.coresPerExecutor(), cluster.memoryMiB());
    }
    Matcher local = LOCAL.matcher(asked);
    Matcher localCluster = LOCAL_CLUSTER.matcher(asked);
    if (localCluster.matches()) {
      return room(
          new LocalCluster(
              Integer.parseInt(localCluster.group(1)),
              Integer.parseInt(localCluster.group(2)),
              Integer.parseInt(localCluster.group(3))),
          cluster);
    }
    if (local.matches()) {
      return room(new Local(threads(local.group(1))), cluster);
    }
    if (asked.equals("yarn") || asked.startsWith("spark://") || asked.startsWith("k8s://")) {
      return new Remote(asked);
    }
    if (asked.startsWith("sc://")) {
      throw new UserError(
          "--master "
              + asked
              + " is refused; Spark Connect has no executors' tasks that talk to each other (barrier"
              + " stages): name the cluster behind it, such as spark://host:7077");
    }
    throw new UserError(
        "--master "
            + asked
            + " is invalid: expected spark://HOST:PORT, yarn, k8s://HOST:PORT, local[N] or"
            + " local-cluster[EXECUTORS,CORES,MiB]");
  }

  private static int threads(String written) {
    if (written == null) {
      return 1;
    }
    return written.equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(written);
  }

  private static Master room(LocalCluster master, ClusterConfig cluster) {
    boolean fits =
        master.workers >= cluster.executors()
            && master.cores >= cluster.coresPerExecutor()
            && master.memoryMiB >= cluster.memoryMiB();
    if (!fits) {
      String asked =
          cluster.executors()
              + " executors of "
              + cluster.coresPerExecutor()
              + (cluster.coresPerExecutor() == 1 ? " core and " : " cores and ")
              + cluster.memoryMiB()
              + " MiB";
      throw new UserError("--master " + master + " has no room for the " + asked + " of cluster");
    }
    return master;
  }

  private static Master room(Local master, ClusterConfig cluster) {
    int needed = Math.multiplyExact(cluster.executors(), cluster.coresPerExecutor());
    if (master.threads < needed) {
      throw new UserError(
          "--master "
              + master
              + " has fewer threads than cluster.executors x cluster.cores-per-executor = "
              + needed);
    }
    return master;
  }
}
