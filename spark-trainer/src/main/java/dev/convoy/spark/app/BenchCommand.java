package dev.convoy.spark.app;

import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.spark.bench.BenchPlan;
import dev.convoy.spark.bench.BenchResult;
import dev.convoy.spark.bench.Measurement;
import dev.convoy.spark.bench.TrainingBench;
import dev.convoy.spark.train.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy bench}: how fast a network trains in one process. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Times training steps in one process without Spark, and prints one JSON line.",
      "A step is forward, loss, backward and SGD (momentum 0.9, weight decay 0.0001) on one fixed"
          + " batch."
    },
    footer = {
      "",
      "Examples:",
      "  convoy bench lenet5-modern --batch 128 --threads 2",
      "  convoy bench lenet5-modern --set kernel.implementation=scalar"
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LocalOptions options;

  @Parameters(paramLabel = "NETWORK", description = "Name of the network, such as lenet5-modern.")
  private String network;

  @Option(names = "--batch", paramLabel = "B", description = "Images in a step.")
  private int batch = 64;

  @Option(names = "--threads", paramLabel = "T", description = "Worker threads.")
  private int threads = 1;

  @Option(names = "--warmup", paramLabel = "W", description = "Steps before the timed ones.")
  private int warmUp = 20;

  @Option(names = "--steps", paramLabel = "S", description = "Timed steps.")
  private int steps = 20;

  @Override
  public Integer call() throws Exception {
    BenchPlan plan =
        new BenchPlan(
            NetworkArgument.named(network),
            AtLeast.of(1, "--batch", batch),
            AtLeast.of(1, "--threads", threads),
            AtLeast.of(0, "--warmup", warmUp),
            AtLeast.of(1, "--steps", steps));
    KernelChoice choice = options.kernels();
    Kernels kernels = choice.kernels();
    Measurement measured = TrainingBench.run(plan, kernels, options.loss(network));
    var out = spec.commandLine().getOut();
    String name = kernels.name() + " (" + kernels.description() + ")";
    out.println(BenchResult.json(plan, measured, Convoy.VERSION, name));
    out.flush();
    return ExitStatus.DONE.code();
  }
}
