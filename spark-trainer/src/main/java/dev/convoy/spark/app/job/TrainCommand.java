package dev.convoy.spark.app.job;

import dev.convoy.spark.app.launch.Master;
import dev.convoy.spark.app.launch.SparkSettings;
import dev.convoy.spark.app.options.ConfigOptions;
import dev.convoy.spark.app.options.RunOption;
import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.Training;
import dev.convoy.spark.train.Training.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convoy train}: trains the network of a configuration. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description =
        "Trains a network on Spark's executors. The last line printed is"
            + " `weights sha256=…`, which is the same for every number of executors and cores.",
    footer = {
      "",
      "Examples:",
      "  convoy train conf/lenet5-fashion-mnist.conf",
      "  convoy train conf/lenet5-fashion-mnist.conf \\",
      "    --set cluster.executors=4 --set train.seed=2",
      "  convoy train conf/lenet5-fashion-mnist.conf \\",
      "    --output hdfs:///runs/lenet5 --resume"
    })
public final class TrainCommand implements Callable<Integer>, SparkCommand {
  private final Training training;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;
  @Mixin private SparkOptions spark;
  @Mixin private RunOption run;

  @ArgGroup private Existing existing = new Existing();

  @Option(
      names = "--dry-run",
      description =
          "Checks everything, prints the configuration as resolved, Spark's settings, the plan and"
              + " the memory of an executor, and stops.")
  private boolean dryRun;

  /** The options for a run that exists already, of which at most one may be given. */
  private static final class Existing {
    @Option(
        names = "--resume",
        description =
            "Goes on with the run in DIR from its newest checkpoint, with any number of executors.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Deletes the run in DIR first.")
    private boolean overwrite;

    Start start() {
      return resume ? Start.RESUME : overwrite ? Start.OVERWRITE : Start.NEW;
    }
  }

  public TrainCommand(Training training) {
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    ConvoyConfig resolved = config.load();
    if (dryRun) {
      print(resolved);
    }
    return training
        .train(new Training.Request(resolved, run.folder(resolved), existing.start(), dryRun))
        .code();
  }

  private void print(ConvoyConfig resolved) {
    var out = spec.commandLine().getOut();
    out.println(resolved.render());
    Master master = Master.of(spark.master(), resolved.cluster());
    out.println("--master " + master);
    SparkSettings.of(resolved.cluster(), coresPerTask(), master, spark.confs())
        .forEach((key, value) -> out.println("--conf " + key + "=" + value));
    out.flush();
  }

  @Override
  public ClusterConfig cluster() {
    return config.load().cluster();
  }

  @Override
  public SparkOptions spark() {
    return spark;
  }

  @Override
  public List<String> elsewhere(Consumer<String> notices) {
    ConvoyConfig resolved = config.load();
    resolved.notices().forEach(notice -> notices.accept("notice: " + notice));
    String folder = run.folder(resolved);
    requireAbsolute("--output", folder);
    requireAbsolute("data.train", resolved.data().train());
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(config.elsewhere());
    arguments.addAll(List.of("--output", folder));
    switch (existing.start()) {
      case RESUME -> arguments.add("--resume");
      case OVERWRITE -> arguments.add("--overwrite");
      case NEW -> {}
    }
    return arguments;
  }

  private static void requireAbsolute(String what, String path) {
    if (!new Path(path).isAbsolute() && new Path(path).toUri().getScheme() == null) {
      throw new UserError(
          "with --deploy-mode cluster, "
              + what
              + " = "
              + path
              + " is refused; the driver has another working folder: name a path from the root or a"
              + " URI");
    }
  }

  @Override
  public boolean withoutSpark() {
    return dryRun;
  }
}
