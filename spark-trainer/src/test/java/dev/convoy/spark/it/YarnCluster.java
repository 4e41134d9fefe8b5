package dev.convoy.spark.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * YARN's resource manager and two node managers in this process, beside an HDFS; what they start
 * are processes of their own. There is a queue {@code small} that has no room for an application.
 */
final class YarnCluster implements AutoCloseable {
  private static final Path JARS = Launcher.REPOSITORY.resolve("spark-trainer/target/spark/jars");
  private static final String DATA = "/data/fashion-mnist";
  private static final String QUEUE = "yarn.scheduler.capacity.root.";

  private final Hdfs hdfs;
  private final MiniYARNCluster yarn;
  private final Path settings;

  private YarnCluster(Path folder) throws IOException {
    hdfs = Hdfs.start(folder.resolve("disk"));
    // Where it keeps the node managers' folders.
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    yarn = new MiniYARNCluster("convoy", 2, 1, 1);
    yarn.init(configuration());
    yarn.start();
    settings = write(Files.createDirectories(folder.resolve("hadoop-conf")));
    try (FileSystem fs = FileSystem.newInstance(yarn.getConfig())) {
      fs.mkdirs(new org.apache.hadoop.fs.Path("/data"));
      fs.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(Launcher.SAMPLE.toUri()),
          new org.apache.hadoop.fs.Path(DATA));
    }
  }

  /** Starts all of it, and returns when it has its node managers. */
  static YarnCluster start(Path folder) throws Exception {
    YarnCluster cluster = new YarnCluster(folder);
    if (!cluster.yarn.waitForNodeManagersToConnect(30_000)) {
      cluster.close();
      throw new IOException("the node managers have not connected");
    }
    return cluster;
  }

  private Configuration configuration() {
    Configuration yarn = new YarnConfiguration(hdfs.configuration());
    yarn.set("fs.defaultFS", hdfs.uri());
    yarn.setInt("yarn.scheduler.minimum-allocation-mb", 64);
    // Else a cluster for tests watches no memory.
    yarn.setBoolean("yarn.minicluster.control-resource-monitoring", true);
    yarn.setBoolean("yarn.nodemanager.pmem-check-enabled", true);
    // Else it is left to control groups, which are not set up here.
    yarn.setBoolean("yarn.nodemanager.resource.memory.enforced", false);
    // A JVM reserves many times the memory that it uses.
    yarn.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    yarn.setInt("yarn.nodemanager.container-monitor.interval-ms", 500);
    yarn.setFloat(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100f);
    yarn.set(QUEUE + "queues", "default,small,tight");
    capacity(yarn, "default", 80);
    // Not even an application master fits.
    capacity(yarn, "small", 5);
    // An application master fits, and no executor.
    capacity(yarn, "tight", 15);
    return yarn;
  }

  private static void capacity(Configuration yarn, String queue, int percent) {
    yarn.setInt(QUEUE + queue + ".capacity", percent);
    yarn.setInt(QUEUE + queue + ".maximum-capacity", percent);
    yarn.set(QUEUE + queue + ".maximum-am-resource-percent", "1");
    yarn.set(QUEUE + queue + ".user-limit-factor", "10");
  }

  /** Writes the folder that a machine beside the cluster has as HADOOP_CONF_DIR. */
  private Path write(Path folder) throws IOException {
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", hdfs.uri());
    Configuration site = new Configuration(false);
    for (String key :
        new String[] {
          YarnConfiguration.RM_ADDRESS,
          YarnConfiguration.RM_SCHEDULER_ADDRESS,
          YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
          YarnConfiguration.RM_WEBAPP_ADDRESS
        }) {
      site.set(key, yarn.getConfig().get(key));
    }
    write(core, folder.resolve("core-site.xml"));
    write(site, folder.resolve("yarn-site.xml"));
    return folder;
  }

  private static void write(Configuration configuration, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      configuration.writeXml(out);
    }
  }

  /** Runs {@code convoy} on this cluster. */
  Launcher master(Launcher launcher) {
    String java = System.getProperty("java.home");
    return launcher
        .env("HADOOP_CONF_DIR", settings.toString())
        .env("CONVOY_FASHION_MNIST", hdfs.uri() + DATA)
        .env("CONVOY_EXECUTOR_JAVA_HOME", java)
        .with("--master", "yarn")
        .with("--conf", "spark.yarn.jars=local:" + JARS + "/*")
        .with("--conf", "spark.yarn.appMasterEnv.JAVA_HOME=" + java)
        .with("--conf", "spark.ui.enabled=false");
  }

  /** {@code hdfs://HOST:PORT}. */
  String hdfs() {
    return hdfs.uri();
  }

  /** The application that was submitted last. */
  ApplicationReport newest() throws Exception {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(yarn.getConfig());
      client.start();
      return client.getApplications().stream()
          .max(Comparator.comparing(ApplicationReport::getApplicationId))
          .orElseThrow();
    }
  }

  @Override
  public void close() throws IOException {
    yarn.close();
    hdfs.close();
  }
}
