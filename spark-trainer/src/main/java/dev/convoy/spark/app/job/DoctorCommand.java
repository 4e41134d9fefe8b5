package dev.convoy.spark.app.job;

import dev.convoy.spark.app.options.ConfigOptions;
import dev.convoy.spark.app.options.RunOption;
import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.train.Preflight;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code convoy doctor}: whether a cluster can carry a training. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks in seconds what a long run of CONFIG relies on: executors, their memory against the"
          + " plan and their container's limit, vector kernels, clocks, connections between all of"
          + " them, data and output from each, room for checkpoints, Spark's settings.",
      "Trains nothing and leaves nothing behind. Ends with exit status 1 if something fails."
    },
    footer = {
      "",
      "Examples:",
      "  convoy doctor conf/lenet5-fashion-mnist.conf",
      "  convoy doctor conf/imagenet/resnet50.conf --master yarn \\",
      "    --output hdfs:///runs/resnet50"
    })
public final class DoctorCommand implements Callable<Integer>, SparkCommand {
  private final Preflight preflight;

  @Mixin private ConfigOptions config;
  @Mixin private SparkOptions spark;
  @Mixin private RunOption run;

  public DoctorCommand(Preflight preflight) {
    this.preflight = preflight;
  }

  @Override
  public Integer call() throws Exception {
    ConvoyConfig resolved = config.load();
    return preflight.check(resolved, run.folder(resolved)).code();
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
