package dev.convoy.spark.app.options;

import dev.convoy.spark.config.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/**
 * Where a command is submitted to. The launcher acts on these before Spark starts; the submitted
 * driver parses them and has no use for them.
 */
public final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Spark's master: spark://HOST:PORT, yarn, local[N] …"
              + " Default: executor processes on this machine, as cluster.executors asks for.")
  private String master;

  @Option(
      names = "--deploy-mode",
      paramLabel = "client|cluster",
      defaultValue = "client",
      description =
          "Where the driver runs: here, or in the cluster, as train may on standalone clusters,"
              + " YARN and Kubernetes. Default: ${DEFAULT-VALUE}.")
  private String deployMode;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark's; may be repeated.")
  private List<String> confs = new ArrayList<>();

  /** Returns the master asked for, or null. */
  public String master() {
    return master;
  }

  /** Returns whether the driver is to run in the cluster. */
  public boolean driverInCluster() {
    return !Require.first("--deploy-mode", deployMode, "client", "cluster");
  }

  /** Returns Spark's settings asked for; of a key given twice, the last value. */
  public Map<String, String> confs() {
    Map<String, String> settings = new TreeMap<>();
    for (String conf : confs) {
      int equals = conf.indexOf('=');
      if (equals < 1) {
        throw new UserError("--conf " + conf + " is invalid: expected key=value");
      }
      settings.put(conf.substring(0, equals).strip(), conf.substring(equals + 1));
    }
    return settings;
  }
}
