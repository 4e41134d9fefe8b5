package dev.convoy.spark.app.job;

import dev.convoy.spark.app.options.ConfigOptions;
import dev.convoy.spark.app.options.SparkOptions;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.train.Evaluation;
import dev.convoy.spark.train.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy evaluate}: accuracy of given weights on the validation data. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Prints top-1 and top-5 of given weights on the validation data of CONFIG.",
    footer = {
      "",
      "Examples:",
      "  convoy evaluate conf/lenet5-fashion-mnist.conf \\",
      "    --weights runs/lenet5-fashion-mnist/weights.safetensors"
    })
public final class EvaluateCommand implements Callable<Integer>, SparkCommand {
  private final Evaluation evaluation;

  @Mixin private ConfigOptions config;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Weights: a safetensors file or the folder of a run, a path or URI.")
  private String weights;

  public EvaluateCommand(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  public Integer call() throws Exception {
    evaluation.evaluate(config.load(), weights);
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
