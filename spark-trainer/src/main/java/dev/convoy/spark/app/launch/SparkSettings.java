package dev.convoy.spark.app.launch;

import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.kryo.ConvoyRegistrator;
import dev.convoy.spark.telemetry.TelemetryPlugin;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every setting of Spark's that Convoy makes, in one place, each with its reason. */
public final class SparkSettings {
  public static final String EXECUTOR_JAVA_OPTIONS = "spark.executor.extraJavaOptions";

  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATOR = "spark.kryo.registrator";
  private static final String REGISTRATION_REQUIRED = "spark.kryo.registrationRequired";

  /** What the configuration says already; a second source would only contradict it. */
  private static final Map<String, String> KEYS_OF_THE_CONFIGURATION =
      Map.of(
          "spark.executor.instances", "cluster.executors",
          "spark.executor.cores", "cluster.cores-per-executor",
          "spark.task.cpus", "cluster.cores-per-executor",
          "spark.cores.max", "cluster.executors",
          "spark.executor.memory", "cluster.memory",
          "spark.barrier.sync.timeout", "cluster.timeouts.barrier");

  private SparkSettings() {}

  /** Returns Convoy's settings, with the user's over them. */
  public static SortedMap<String, String> of(
      ClusterConfig cluster, int coresPerTask, Master master, Map<String, String> user) {
    refuse(user, master);
    SortedMap<String, String> settings = new TreeMap<>();

    settings.put("spark.executor.instances", Integer.toString(cluster.executors()));
    settings.put("spark.executor.cores", Integer.toString(cluster.coresPerExecutor()));
    settings.put("spark.task.cpus", Integer.toString(coresPerTask));
    settings.put(
        "spark.cores.max", Integer.toString(cluster.executors() * cluster.coresPerExecutor()));
    settings.put("spark.executor.memory", cluster.memoryMiB() + "m");

    // Barrier stages refuse dynamic allocation (SPARK-24942), and delay scheduling can place only
    // part of one, then abort it (SPARK-31485). The default of the time-out is a year.
    settings.put("spark.dynamicAllocation.enabled", "false");
    settings.put("spark.locality.wait", "0s");
    settings.put("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    settings.put("spark.barrier.sync.timeout", cluster.timeouts().barrier().toSeconds() + "s");

    // Tasks, results and metrics travel by Kryo. A class that nobody registered fails a test.
    settings.put(SERIALIZER, "org.apache.spark.serializer.KryoSerializer");
    settings.put(REGISTRATOR, ConvoyRegistrator.class.getName());
    settings.put(REGISTRATION_REQUIRED, "true");

    // Carries what executors measure to the driver.
    settings.put("spark.plugins", TelemetryPlugin.class.getName());

    settings.put(EXECUTOR_JAVA_OPTIONS, ExecutorJava.options(master));
    ExecutorJava.home().ifPresent(home -> settings.put("spark.executorEnv.JAVA_HOME", home));

    if (master instanceof Master.Remote) {
      // A JVM reads and writes names of files as its locale says. This is Debian's, Red Hat's and
      // Alpine's name of a locale that is always there.
      settings.put("spark.executorEnv.LC_ALL", "C.UTF-8");
      // Where the driver runs in the cluster, what submits waits for it; and another attempt of
      // YARN's would find the run of the first in its way.
      settings.put("spark.yarn.appMasterEnv.LC_ALL", "C.UTF-8");
      settings.put("spark.yarn.maxAppAttempts", "1");
      settings.put("spark.standalone.submit.waitAppCompletion", "true");
    } else {
      // Every process is here, whatever the machine is called and whatever its name resolves to.
      settings.put("spark.driver.host", Loopback.ADDRESS);
      settings.put("spark.driver.bindAddress", Loopback.ADDRESS);
      // Its port may be in use on a person's machine.
      settings.put("spark.ui.enabled", "false");
    }
    user.forEach(
        (key, value) -> settings.merge(key, value, (ours, theirs) -> merge(key, ours, theirs)));
    return settings;
  }

  private static String merge(String key, String ours, String theirs) {
    return switch (key) {
      case EXECUTOR_JAVA_OPTIONS -> ours + " " + theirs;
      case "spark.plugins" -> ours + "," + theirs;
      default -> theirs;
    };
  }

  private static void refuse(Map<String, String> user, Master master) {
    for (var setting : user.entrySet()) {
      String key = KEYS_OF_THE_CONFIGURATION.get(setting.getKey());
      if (key != null) {
        throw new UserError(
            "--conf " + setting.getKey() + " is refused; set it by --set " + key + "=…");
      }
    }
    if (user.getOrDefault("spark.dynamicAllocation.enabled", "false").strip().equals("true")) {
      throw new UserError(
          "--conf spark.dynamicAllocation.enabled=true is refused; training runs in barrier stages,"
              + " which need a fixed number of executors (cluster.executors)");
    }
    if (!(master instanceof Master.Remote)
        && user.getOrDefault("spark.shuffle.service.enabled", "false").strip().equals("true")) {
      throw new UserError(
          "--conf spark.shuffle.service.enabled=true is refused; a run on this machine has no"
              + " shuffle service, and its executors would wait for one");
    }
    for (String key : List.of(SERIALIZER, REGISTRATOR, REGISTRATION_REQUIRED)) {
      if (user.containsKey(key)) {
        throw new UserError(
            "--conf "
                + key
                + " is refused; tasks and results travel by Kryo, with every class registered");
      }
    }
    if (user.containsKey("spark.master")) {
      throw new UserError("--conf spark.master is refused; use --master");
    }
  }
}
