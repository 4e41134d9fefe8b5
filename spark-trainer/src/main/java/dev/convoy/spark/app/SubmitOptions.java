package dev.convoy.spark.app;

import dev.convoy.spark.app.job.SparkCommand;
import dev.convoy.spark.app.launch.ClusterAccess;
import dev.convoy.spark.app.launch.Logging;
import dev.convoy.spark.app.launch.Loopback;
import dev.convoy.spark.app.launch.MachineMemory;
import dev.convoy.spark.app.launch.Master;
import dev.convoy.spark.app.launch.SparkEnvironment;
import dev.convoy.spark.app.launch.SparkHome;
import dev.convoy.spark.app.launch.SparkSettings;
import dev.convoy.spark.app.launch.UnnamedUser;
import dev.convoy.spark.app.text.ErrorLine;
import dev.convoy.spark.cluster.ClusterException;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.launcher.JavaModuleOptions;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

/**
 * Runs before Spark does: reads the very arguments the command will read, refuses what cannot work
 * (exit status 2), and prints the words of the command that submits, each ended by a NUL, for the
 * launcher to execute. Prints nothing where the arguments need no Spark, such as {@code --help}.
 */
public final class SubmitOptions {
  private static final String DRIVER_JAVA_OPTIONS = "spark.driver.extraJavaOptions";

  /** Where every machine finds the application jar, for a driver that runs in the cluster. */
  private static final String CLUSTER_JAR = "CONVOY_CLUSTER_JAR";

  private SubmitOptions() {}

  /** Prints the words for {@code args}, a command and its arguments as the user gave them. */
  public static void main(String[] args) {
    UnnamedUser.logIn();
    CommandLine convoy = Convoy.commandLine(Commands.all());
    convoy.setExecutionStrategy(SubmitOptions::print);
    System.exit(convoy.execute(args));
  }

  private static int print(ParseResult parsed) {
    List<String> words;
    CommandLine command = parsed.commandSpec().commandLine();
    try {
      words = words(parsed, System.getenv(), notice -> ErrorLine.print(command, notice));
    } catch (UserError | ClusterException refused) {
      throw new ExecutionException(command, refused.getMessage(), refused);
    }
    if (!words.isEmpty() && !driverInCluster(parsed)) {
      words.addAll(parsed.originalArgs());
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    words.forEach(word -> out.print(word + "\0"));
    if (out.checkError()) { // such as a full disk: half a command must not be run
      ErrorLine.print(
          command, "failed: the command for Spark cannot be written into the scratch folder");
      return ExitStatus.FAILED.code();
    }
    return ExitStatus.DONE.code();
  }

  private static boolean driverInCluster(ParseResult parsed) {
    return parsed.hasSubcommand()
        && parsed.subcommand().commandSpec().userObject() instanceof SparkCommand submitted
        && submitted.spark().driverInCluster();
  }

  /**
   * Returns the command up to the application's own arguments, and with them where its driver runs
   * elsewhere; empty where Spark is not needed.
   */
  static List<String> words(
      ParseResult parsed, Map<String, String> environment, Consumer<String> notices) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    Object command = last.commandSpec().userObject();
    boolean helpOnly = last.isUsageHelpRequested() || last.isVersionHelpRequested();
    if (helpOnly || !(command instanceof SparkCommand submitted) || submitted.withoutSpark()) {
      return List.of();
    }
    ClusterConfig cluster = submitted.cluster();
    Master master = Master.of(submitted.spark().master(), cluster);
    boolean elsewhere = submitted.spark().driverInCluster();
    if (elsewhere && !(master instanceof Master.Remote)) {
      throw new UserError(
          "--deploy-mode cluster is refused; a run on this machine has its driver here: add --master"
              + " spark://HOST:PORT, yarn or k8s://HOST:PORT");
    }
    List<String> words = new ArrayList<>();
    SparkHome home = SparkHome.find(environment, master, notices);
    if (master instanceof Master.LocalCluster) {
      MachineMemory.check(cluster, notices);
    }
    if (master instanceof Master.Remote remote) {
      new ClusterAccess(environment, home).check(remote);
    } else {
      Loopback.check();
    }
    words.add("env");
    words.addAll(SparkEnvironment.of(environment, master, notices));
    words.addAll(home.command(elsewhere));
    words.addAll(List.of("--master", master.toString()));
    Map<String, String> settings =
        SparkSettings.of(cluster, submitted.coresPerTask(), master, submitted.spark().confs());
    if (elsewhere) {
      // Here spark-submit's own JVM has them; a standalone worker gives a driver none.
      settings.merge(
          DRIVER_JAVA_OPTIONS,
          JavaModuleOptions.defaultModuleOptions(),
          (theirs, modules) -> modules + " " + theirs);
    }
    settings.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.addAll(List.of("--class", Convoy.class.getName()));
    if (elsewhere) {
      words.addAll(List.of("--deploy-mode", "cluster"));
      words.add(applicationJarForAll(environment));
      words.addAll(submitted.elsewhere(notices));
    } else {
      words.add(Logging.applicationJar().toString());
    }
    return words;
  }

  /** Returns the address of the application jar for a driver elsewhere, which YARN copies. */
  private static String applicationJarForAll(Map<String, String> environment) {
    String named = environment.getOrDefault(CLUSTER_JAR, "");
    return named.isBlank() ? Logging.applicationJar().toString() : named;
  }
}
