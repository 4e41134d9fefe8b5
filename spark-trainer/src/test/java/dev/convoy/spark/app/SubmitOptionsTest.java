package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.app.job.TrainCommand;
import dev.convoy.spark.app.launch.Master;
import dev.convoy.spark.app.launch.SparkSettings;
import dev.convoy.spark.app.local.DigestCommand;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is handed to spark-submit, and what is refused before. */
class SubmitOptionsTest {
  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  private static ClusterConfig cluster(String... sets) {
    List<String> all = new ArrayList<>(List.of("network.name=lenet5", "data.train=/data"));
    all.addAll(List.of(sets));
    return ConvoyConfig.load(ConvoyConfig.BUILTIN, all).cluster();
  }

  private List<String> words(String sparkHome, String... args) {
    return words(Map.of("SPARK_HOME", sparkHome), args);
  }

  private List<String> words(Map<String, String> environment, String... args) {
    notices.clear();
    var convoy =
        Convoy.commandLine(
            List.of(new TrainCommand(request -> ExitStatus.DONE), new DigestCommand()));
    return SubmitOptions.words(convoy.parseArgs(args), environment, notices::add);
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
        List.of(
            "env",
            "-u",
            "SPARK_HOME",
            "SPARK_LOCAL_IP=127.0.0.1",
            "SPARK_LOCAL_HOSTNAME=127.0.0.1",
            "SPARK_SCALA_VERSION=2.13"),
        words.subList(0, 6));
    assertTrue(words.get(6).startsWith("SPARK_HOME=/"), words.toString());
    assertTrue(words.contains("dev.convoy.spark.app.launch.SparkSubmission"));
    assertEquals("127.0.0.1", setting(words, "spark.driver.host"));
    assertEquals("127.0.0.1", setting(words, "spark.driver.bindAddress"));
    assertEquals("local-cluster[2,1,512]", words.get(words.indexOf("--master") + 1));
    assertEquals("dev.convoy.spark.app.Convoy", words.get(words.indexOf("--class") + 1));
  }

  @Test
  void hadoopsOwnSettingsComeBeforeItsJars() throws IOException {
    List<String> words = words(Map.of("HADOOP_CONF_DIR", "/etc/hadoop"), "train", config());
    String path = words.get(words.indexOf("-cp") + 1);
    assertTrue(path.matches("/etc/hadoop:/.*/jars/\\*:.*"), path);
  }

  @Test
  void anInstallationSubmitsWithItsOwnSparkSubmit() throws IOException {
    Path home = sparkHome("spark-core_2.13-4.1.0.jar");
    Files.createFile(home.resolve("jars/spark-yarn_2.13-4.1.0.jar"));
    Map<String, String> yarn =
        Map.of("SPARK_HOME", home.toString(), "HADOOP_CONF_DIR", "/etc/hadoop", "SPARK_X", "y");
    List<String> words = words(yarn, "train", config(), "--master", "yarn");
    assertEquals(
        List.of("env", "SPARK_SCALA_VERSION=2.13", home + "/bin/spark-submit"),
        words.subList(0, 3));
    assertEquals("yarn", words.get(words.indexOf("--master") + 1));
    assertEquals("C.UTF-8", setting(words, "spark.executorEnv.LC_ALL"));
  }

  @Test
  void aDriverInTheClusterGetsTheConfigurationItselfAndNoPathOfThisMachine() throws IOException {
    Path home = sparkHome("spark-core_2.13-4.1.0.jar");
    Files.createFile(home.resolve("jars/spark-yarn_2.13-4.1.0.jar"));
    Map<String, String> yarn =
        Map.of(
            "SPARK_HOME",
            home.toString(),
            "HADOOP_CONF_DIR",
            "/etc/hadoop",
            "CONVOY_CLUSTER_JAR",
            "hdfs:///apps/convoy.jar");
    String config = config();
    List<String> words =
        words(
            yarn,
            "train",
            config,
            "--set=data.train=/data",
            "--set=train.seed=7",
            "--resume",
            "--master=yarn",
            "--deploy-mode=cluster",
            "--output=/runs/1");
    assertEquals("cluster", words.get(words.indexOf("--deploy-mode") + 1));
    assertFalse(words.contains("--driver-java-options"), words.toString());
    assertEquals("1", setting(words, "spark.yarn.maxAppAttempts"));
    List<String> arguments =
        words.subList(words.indexOf("hdfs:///apps/convoy.jar") + 1, words.size());
    assertFalse(arguments.contains(config), arguments.toString());
    assertEquals("train", arguments.get(0));
    assertEquals("--rendered", arguments.get(2));
    String rendered =
        new String(Base64.getUrlDecoder().decode(arguments.get(3)), StandardCharsets.UTF_8);
    assertTrue(rendered.contains("\"seed\":7"), rendered);
    assertEquals(List.of("--output", "/runs/1", "--resume"), arguments.subList(4, 7));
  }

  @Test
  void aDriverInTheClusterIsRefusedWhereItCannotWork() throws IOException {
    String config = config();
    assertEquals(
        "--deploy-mode cluster is refused; a run on this machine has its driver here: add --master"
            + " spark://HOST:PORT, yarn or k8s://HOST:PORT",
        refusal(() -> words("", "train", config, "--deploy-mode", "cluster")));
    assertEquals(
        "--deploy-mode elsewhere is invalid: expected client or cluster",
        refusal(() -> words("", "train", config, "--deploy-mode", "elsewhere")));
  }

  @Test
  void aRunOnThisMachineWritesNothingIntoTheInstallationItUses() throws IOException {
    Path home = sparkHome("spark-core_2.13-4.1.0.jar");
    List<String> words = words(home.toString(), "train", config());
    int submit = words.indexOf(home + "/bin/spark-submit");
    Path writable = Path.of(words.get(submit - 1).replaceFirst("^SPARK_HOME=", ""));
    assertFalse(writable.startsWith(home), writable.toString());
    assertTrue(Files.isSameFile(home.resolve("jars"), writable.resolve("jars")));
    assertTrue(Files.isSameFile(home.resolve("bin"), writable.resolve("bin")));
    assertFalse(Files.exists(writable.resolve("conf")));
  }

  /** The value of one of Spark's settings among the words. */
  private static String setting(List<String> words, String key) {
    return words.stream()
        .filter(word -> word.startsWith(key + "="))
        .map(word -> word.substring(key.length() + 1))
        .collect(Collectors.joining());
  }

  @Test
  void aClusterIsNotSubmittedToWithAnotherSparkAndTheWayOutIsSaid() throws IOException {
    String home = sparkHome("spark-core_2.12-3.5.1.jar").toString();
    String config = config();
    String wayOut =
        "; set it to an installation of Spark 4 (Scala 2.13), or unset it to use Convoy's own";
    assertEquals(
        "SPARK_HOME="
            + home
            + " is refused; Convoy needs Spark 4 for Scala 2.13, there is spark-core_2.12-3.5.1.jar"
            + wayOut,
        refusal(() -> words(home, "train", config, "--master", "spark://h:7077")));
    assertEquals(
        "SPARK_HOME=/no/such is refused; there is no such folder" + wayOut,
        refusal(() -> words("/no/such", "train", config, "--master", "spark://h:7077")));
    assertEquals(
        "SPARK_HOME=" + folder + " is refused; it has no bin/spark-submit" + wayOut,
        refusal(() -> words(folder.toString(), "train", config, "--master", "spark://h:7077")));
  }

  @Test
  void aRunOnThisMachineGoesOnWithoutAnInstallationThatCannotServe() throws IOException {
    Path home = sparkHome("spark-core_2.12-3.5.1.jar");
    for (String master : List.of("local-cluster[2,1,512]", "local[2]")) {
      List<String> words = words(home.toString(), "train", config(), "--master", master);
      assertTrue(words.contains("dev.convoy.spark.app.launch.SparkSubmission"), words.toString());
      assertEquals(
          List.of(
              "SPARK_HOME="
                  + home
                  + " is not used for this run on this machine (Convoy needs Spark 4 for Scala"
                  + " 2.13, there is spark-core_2.12-3.5.1.jar); Convoy's own Spark is"),
          notices);
    }
  }

  @Test
  void aRunOnThisMachineSeesNoneOfSparksVariables() throws IOException {
    Path defaults = Files.createFile(folder.resolve("spark-defaults.conf"));
    Map<String, String> environment =
        Map.of(
            "SPARK_CONF_DIR",
            folder.toString(),
            "SPARK_WORKER_DIR",
            "/no",
            "MASTER",
            "yarn",
            "HADOOP_CONF_DIR",
            "/etc/hadoop");
    List<String> words = words(environment, "train", config());
    assertEquals(
        List.of("-u", "MASTER", "-u", "SPARK_CONF_DIR", "-u", "SPARK_WORKER_DIR"),
        words.subList(1, 7));
    assertFalse(words.contains("HADOOP_CONF_DIR"));
    assertEquals(
        List.of(
            defaults
                + " is for clusters and not read by a run on this machine; use --conf KEY=VALUE"),
        notices);
    Map<String, String> empty = Map.of("SPARK_CONF_DIR", folder.resolve("none").toString());
    words(empty, "train", config());
    assertEquals(List.of(), notices);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark://                | --master spark:// is invalid: expected spark://HOST:PORT, such as spark://host:7077
          spark://host            | --master spark://host is invalid: expected spark://HOST:PORT, such as spark://host:7077
          spark://host:70777      | --master spark://host:70777 is invalid: expected spark://HOST:PORT, such as spark://host:7077
          """)
  void anAddressThatIsNoneIsRefused(String master, String sentence) throws IOException {
    String config = config();
    assertEquals(sentence, refusal(() -> words("", "train", config, "--master", master)));
  }

  @Test
  void aMasterThatDoesNotAnswerIsToldAtOnce() throws IOException {
    String config = config();
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    String masters = "127.0.0.1:" + closed + ",no-such-host.invalid:7077";
    assertEquals(
        "no Spark master answers at 127.0.0.1:"
            + closed
            + " (Connection refused), no-such-host.invalid:7077 (unknown host)",
        assertThrows(
                ClusterException.class,
                () -> words("", "train", config, "--master", "spark://" + masters))
            .getMessage());
  }

  @Test
  void yarnWithoutItsClientOrItsSettingsIsRefused() throws IOException {
    Path home = sparkHome("spark-core_2.13-4.1.0.jar");
    String config = config();
    String jars = home.resolve("jars").toString();
    assertEquals(
        "--master yarn needs Spark's module spark-yarn, which is not in "
            + jars
            + "; set SPARK_HOME to an installation of Spark 4 that has it",
        refusal(() -> words(home.toString(), "train", config, "--master", "yarn")));
    Files.createFile(home.resolve("jars/spark-yarn_2.13-4.1.0.jar"));
    assertEquals(
        "--master yarn needs the folder of the cluster's yarn-site.xml; set HADOOP_CONF_DIR or"
            + " YARN_CONF_DIR to it",
        refusal(() -> words(home.toString(), "train", config, "--master", "yarn")));
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
          spark.serializer                | X    | --conf spark.serializer is refused; tasks and results travel by Kryo, with every class registered
          spark.kryo.registrator          | X    | --conf spark.kryo.registrator is refused; tasks and results travel by Kryo, with every class registered
          spark.master                    | yarn | --conf spark.master is refused; use --master
          spark.shuffle.service.enabled   | true | --conf spark.shuffle.service.enabled=true is refused; a run on this machine has no shuffle service, and its executors would wait for one
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
          sc://host:15002         | --master sc://host:15002 is refused; Spark Connect has no executors' tasks that talk to each other (barrier stages): name the cluster behind it, such as spark://host:7077
          mesos                   | --master mesos is invalid: expected spark://HOST:PORT, yarn, k8s://HOST:PORT, local[N] or local-cluster[EXECUTORS,CORES,MiB]
          """)
  void aMasterWithoutRoomIsRefused(String master, String sentence) {
    assertEquals(sentence, refusal(() -> Master.of(master, cluster())));
  }
}
