package dev.convoy.spark.app;

import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

/**
 * Runs before Spark does: reads the very arguments the command will read, refuses what cannot work
 * (exit status 2), and prints the words of the command that submits, each ended by a NUL. The
 * launcher appends the arguments and executes it. Prints nothing where the arguments need no Spark,
 * such as {@code --help}.
 */
public final class SubmitOptions {
  private SubmitOptions() {}

  /** Prints the words for {@code args}, a command and its arguments as the user gave them. */
  public static void main(String[] args) {
    CommandLine convoy = Convoy.commandLine(Commands.all());
    convoy.setExecutionStrategy(SubmitOptions::print);
    System.exit(convoy.execute(args));
  }

  private static int print(ParseResult parsed) {
    List<String> words;
    try {
      words = words(parsed, System.getenv());
    } catch (UserError mistake) {
      CommandLine command = parsed.commandSpec().commandLine();
      throw new ExecutionException(command, mistake.getMessage(), mistake);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    words.forEach(word -> out.print(word + "\0"));
    return ExitStatus.DONE.code();
  }

  /** The command up to the application's own arguments; empty where Spark is not needed. */
  static List<String> words(ParseResult parsed, Map<String, String> environment) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    Object command = last.commandSpec().userObject();
    boolean helpOnly = last.isUsageHelpRequested() || last.isVersionHelpRequested();
    if (helpOnly || !(command instanceof Submitted submitted) || submitted.withoutSpark()) {
      return List.of();
    }
    ClusterConfig cluster = submitted.cluster();
    Master master = Master.of(submitted.spark().master(), cluster);
    List<String> words = new ArrayList<>();
    words.add("env");
    // Else executors die with "Cannot find any build directories", and the application hangs.
    words.add("SPARK_SCALA_VERSION=2.13");
    if (master instanceof Master.LocalCluster) {
      MachineMemory.check(cluster);
      // Names this machine by its loopback address: every process is here.
      words.add("SPARK_LOCAL_IP=127.0.0.1");
    }
    words.addAll(SparkHome.find(environment).command());
    words.addAll(List.of("--master", master.toString()));
    SparkSettings.of(cluster, submitted.coresPerTask(), master, submitted.spark().confs())
        .forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.addAll(List.of("--class", Convoy.class.getName()));
    words.add(Logging.applicationJar().toString());
    return words;
  }
}
