package dev.convoy.spark.app.job;

import dev.convoy.spark.app.options.ConfigOptions;
import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.train.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convoy cores}: how many cores the executors have. */
@Command(
    name = "cores",
    mixinStandardHelpOptions = true,
    description = "Prints how many cores Spark gives to the executors of CONFIG.")
public final class CoresCommand implements Callable<Integer>, SparkCommand {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (SparkApplication application =
        SparkApplication.start("convoy cores", cluster(), out::println)) {
      out.println("cores: " + application.context().defaultParallelism());
    }
    out.flush();
    return ExitStatus.DONE.code();
  }

  @Override
  public ClusterConfig cluster() {
    return config.load().cluster();
  }

  @Override
  public SparkOptions spark() {
    return spark;
  }
}
