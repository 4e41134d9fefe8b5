package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is handed to spark-submit, and what is refused before. */
class SubmitOptionsTest {
  @TempDir Path folder;

  private static ClusterConfig cluster(String... sets) {
    List<String> all = new ArrayList<>(List.of("network.name=lenet5", "data.train=/data"));
    all.addAll(List.of(sets));
    return ConvoyConfig.load(ConvoyConfig.BUILTIN, all).cluster();
  }

  private static List<String> words(String sparkHome, String... args) {
    return words(Map.of("SPARK_HOME", sparkHome), args);
  }

  private static List<String> words(Map<String, String> environment, String... args) {
    var convoy =
        Convoy.commandLine(
            List.of(new TrainCommand(request -> ExitStatus.DONE), new DigestCommand()));
    return SubmitOptions.words(convoy.parseArgs(args), environment);
  }

  private static String refusal(Runnable action) {
    return assertThrows(UserError.class, action::run).getMessage();
  }

  private String config() throws IOException {
    String text = "network.name = lenet5\ndata.train = /data\ncluster.memory = 512m\n";
    return Files.writeString(folder.resolve("small.conf"), text).toString();
  }

  private Path sparkHome(String core) throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark"));
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    assertTrue(Files.writeString(submit, "#!/bin/sh\n").toFile().setExecutable(true));
    Files.createFile(Files.createDirectories(home.resolve("jars")).resolve(core));
    return home;
  }

  @Test
  void withoutAnInstallationTheJarsOfTheBuildSubmit() throws IOException {
    List<String> words = words("", "train", config());
    assertEquals(
        List.of("env", "SPARK_SCALA_VERSION=2.13", "SPARK_LOCAL_IP=127.0.0.1"),
        words.subList(0, 3));
    assertTrue(words.get(3).startsWith("SPARK_HOME=/"), words.toString());
    assertTrue(words.contains("org.apache.spark.deploy.SparkSubmit"));
    assertEquals("local-cluster[2,1,512]", words.get(words.indexOf("--master") + 1));
    assertEquals("dev.convoy.spark.app.Convoy", words.get(words.indexOf("--class") + 1));
  }

  @Test
  void hadoopsOwnSettingsComeBeforeItsJars() throws IOException {
    List<String> words = words(Map.of("HADOOP_CONF_DIR", "/etc/hadoop"), "train", config());
    String path = words.get(words.indexOf("-cp") + 1);
    assertTrue(path.matches("/etc/hadoop:/.*/jars/\\*"), path);
  }

  @Test
  void anInstallationSubmitsWithItsOwnSparkSubmit() throws IOException {
    Path home = sparkHome("spark-core_2.13-4.1.0.jar");
    List<String> words = words(home.toString(), "train", config(), "--master", "yarn");
    assertEquals(home + "/bin/spark-submit", words.get(2));
    assertEquals("yarn", words.get(words.indexOf("--master") + 1));
  }

  @Test
  void anotherSparkIsRefused() throws IOException {
    Path home = sparkHome("spark-core_2.12-3.5.1.jar");
    String config = config();
    assertEquals(
        "SPARK_HOME="
            + home
            + " is refused; Convoy needs Spark 4 for Scala 2.13, there is spark-core_2.12-3.5.1.jar",
        refusal(() -> words(home.toString(), "train", config)));
    assertEquals(
        "SPARK_HOME=/no/such is refused; it has no bin/spark-submit",
        refusal(() -> words("/no/such", "train", config)));
  }

  @Test
  void whatNeedsNoExecutorsIsNotSubmitted() throws IOException {
    assertEquals(List.of(), words("", "digest", "x"));
    assertEquals(List.of(), words("", "train", "--help"));
    assertEquals(List.of(), words("", "train", config(), "--dry-run"));
  }

  @Test
  void oneTaskTakesAllTheCoresOfAnExecutor() {
    ClusterConfig cluster = cluster("cluster.executors=4", "cluster.cores-per-executor=3");
    Map<String, String> settings =
        SparkSettings.of(cluster, 3, Master.of("spark://host:7077", cluster), Map.of());
    assertEquals("4", settings.get("spark.executor.instances"));
    assertEquals("3", settings.get("spark.executor.cores"));
    assertEquals("3", settings.get("spark.task.cpus"));
    assertEquals("12", settings.get("spark.cores.max"));
    assertEquals("1024m", settings.get("spark.executor.memory"));
    assertEquals("false", settings.get("spark.dynamicAllocation.enabled"));
    assertEquals("60s", settings.get("spark.barrier.sync.timeout"));
  }

  @Test
  void theUsersSettingsWinAndTheirJavaOptionsAreAppended() {
    String options = SparkSettings.EXECUTOR_JAVA_OPTIONS;
    Map<String, String> settings =
        SparkSettings.of(
            cluster(),
            1,
            Master.of("yarn", cluster()),
            Map.of("spark.locality.wait", "1s", options, "-Da=b", "spark.plugins", "their.Plugin"));
    assertEquals("1s", settings.get("spark.locality.wait"));
    assertTrue(settings.get(options).startsWith("--add-modules jdk.incubator.vector "));
    assertTrue(settings.get(options).endsWith(" -Da=b"));
    assertTrue(settings.get("spark.plugins").endsWith("TelemetryPlugin,their.Plugin"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark.executor.memory           | 2g   | --conf spark.executor.memory is refused; set it by --set cluster.memory=…
          spark.task.cpus                 | 2    | --conf spark.task.cpus is refused; set it by --set cluster.cores-per-executor=…
          spark.master                    | yarn | --conf spark.master is refused; use --master
          spark.dynamicAllocation.enabled | true | --conf spark.dynamicAllocation.enabled=true is refused; training runs in barrier stages, which need a fixed number of executors (cluster.executors)
          """)
  void settingsThatContradictTheConfigurationAreRefused(String key, String value, String sentence) {
    Master master = Master.of(null, cluster());
    assertEquals(
        sentence, refusal(() -> SparkSettings.of(cluster(), 1, master, Map.of(key, value))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          local                   | --master local[1] has fewer threads than cluster.executors x cluster.cores-per-executor = 2
          local[1]                | --master local[1] has fewer threads than cluster.executors x cluster.cores-per-executor = 2
          local-cluster[1,1,1024] | --master local-cluster[1,1,1024] has no room for the 2 executors of 1 core and 1024 MiB of cluster
          local-cluster[2,1,512]  | --master local-cluster[2,1,512] has no room for the 2 executors of 1 core and 1024 MiB of cluster
          mesos                   | --master mesos is refused; it must be spark://HOST:PORT, yarn, k8s://HOST:PORT, local[N] or local-cluster[EXECUTORS,CORES,MiB]
          """)
  void aMasterWithoutRoomIsRefused(String master, String sentence) {
    assertEquals(sentence, refusal(() -> Master.of(master, cluster())));
  }

  @Test
  void executorsThatTheFreeMemoryDoesNotHoldAreRefusedWithTheNumbers() {
    ClusterConfig cluster = cluster("cluster.executors=2", "cluster.memory=4g");
    MachineMemory.check(cluster, 10418);
    assertEquals(
        "not enough free memory: 2 executors of 4505 MiB and the driver of 1408 MiB (heap and"
            + " overhead) need 10418 MiB, this machine has 10417 MiB free; lower cluster.executors"
            + " or cluster.memory",
        refusal(() -> MachineMemory.check(cluster, 10417)));
  }
}
