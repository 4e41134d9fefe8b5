package dev.convoy.spark.app.local;

import dev.convoy.kernel.Kernels;
import dev.convoy.spark.app.options.AllReduceOptions;
import dev.convoy.spark.app.options.ImageShapeOption;
import dev.convoy.spark.app.options.LocalOptions;
import dev.convoy.spark.app.options.NetworkArgument;
import dev.convoy.spark.app.options.Require;
import dev.convoy.spark.app.options.ThreadsOption;
import dev.convoy.spark.bench.AllReduceBench;
import dev.convoy.spark.bench.BenchPlan;
import dev.convoy.spark.bench.BenchResult;
import dev.convoy.spark.bench.FreshJvms;
import dev.convoy.spark.bench.InferenceBench;
import dev.convoy.spark.bench.LayersBench;
import dev.convoy.spark.bench.PeakBench;
import dev.convoy.spark.bench.Span;
import dev.convoy.spark.bench.TrainingBench;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.telemetry.Versions;
import dev.convoy.spark.train.ExitStatus;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
          + " batch. peak_memory_mb is the most memory that the process has held, in megabytes of"
          + " 10^6 bytes, and plan_mb what convoy describe --memory plans of it. Above 0.2"
          + " other_cores, other programs disturbed the measurement."
    },
    footer = {
      "",
      "Examples:",
      "  convoy bench lenet5-modern --batch 128 --threads 2",
      "  convoy bench lenet5-modern --set kernel.implementation=scalar",
      "  convoy bench resnet50 --batch 1 --inference",
      "  convoy bench resnet18 --batch 16 --warmup 5 --steps 10 --jvms 10",
      "  convoy bench --layers --winograd off",
      "  convoy bench --peak --threads 2",
      "  convoy bench --all-reduce --ranks 2 --floats 26738688 --encrypt"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int BATCH = 64;
  private static final int BATCH_OF_LAYERS = 8;

  @Spec private CommandSpec spec;
  @Mixin private LocalOptions options;
  @Mixin private ImageShapeOption input;
  @Mixin private ThreadsOption threads;
  @Mixin private AllReduceOptions allReduce;

  @Parameters(
      paramLabel = "NETWORK",
      arity = "0..1",
      description = "Name of the network, such as lenet5-modern.")
  private String network;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Images in a step. Default: 64, with --layers 8.")
  private Integer batch;

  @Option(
      names = "--virtual-nodes",
      paramLabel = "V",
      description =
          "Equal parts of the batch, a power of two. Default: 8, or as many as divide the batch.")
  private Integer virtualNodes;

  @Option(
      names = "--warmup",
      paramLabel = "W",
      description =
          "Steps before the timed ones. Default: at least 3, and 8 seconds, until all is compiled.")
  private Integer warmUp;

  @Option(
      names = "--steps",
      paramLabel = "S",
      description = "Timed steps. Default: at least 10, and 4 seconds.")
  private Integer steps;

  @Option(
      names = "--winograd",
      paramLabel = "on|off",
      description = "Winograd's algorithm for convolutions of 3x3, as kernel.winograd.")
  private String winograd;

  @Option(
      names = "--inference",
      description =
          "Times the forward pass alone, batch normalization folded into the convolutions.")
  private boolean inference;

  @Option(
      names = "--layers",
      description =
          "Times single convolutions instead of a network: a line for each, in GFLOP/s of direct"
              + " arithmetic, with the share of the peak.")
  private boolean layers;

  @Option(
      names = "--peak",
      description =
          "Times fused multiply-adds on registers alone, in GFLOP/s: what nothing can exceed.")
  private boolean peak;

  @Option(
      names = "--jvms",
      paramLabel = "N",
      description =
          "Repeats all of it in N fresh JVMs, and prints the median of their medians, the slowest"
              + " and their ratio.")
  private Integer jvms;

  @Override
  public Integer call() throws Exception {
    refuseContradictions();
    Kernels kernels = options.kernels(winograd).kernels();
    int workers = threads.threads();
    PrintWriter out = spec.commandLine().getOut();
    if (allReduce.chosen()) {
      out.println(AllReduceBench.json(allReduce.plan(warmUp(), timed())));
    } else if (jvms != null) {
      Require.atLeast(1, "--jvms", jvms);
      plan();
      out.println(FreshJvms.run(spec.root().userObject().getClass(), argumentsOfOneJvm(), jvms));
    } else if (peak) {
      out.println(PeakBench.json(kernels, workers, warmUp(), timed(), Versions.ofConvoy()));
    } else if (layers) {
      BenchPlan.Size size = size(BATCH_OF_LAYERS);
      LayersBench.run(
          kernels, size, warmUp(), timed(), Versions.ofConvoy(), line -> print(out, line));
    } else if (inference) {
      out.println(InferenceBench.json(plan(), kernels, Versions.ofConvoy()));
    } else {
      BenchPlan plan = plan();
      var measured = TrainingBench.run(plan, kernels, options.loss(network));
      out.println(BenchResult.json(plan, measured, Versions.ofConvoy(), kernels));
    }
    out.flush();
    return ExitStatus.DONE.code();
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private void refuseContradictions() {
    List<String> kinds = new ArrayList<>();
    if (inference) {
      kinds.add("--inference");
    }
    if (layers) {
      kinds.add("--layers");
    }
    if (peak) {
      kinds.add("--peak");
    }
    if (allReduce.chosen()) {
      kinds.add("--all-reduce");
    }
    if (kinds.size() > 1) {
      throw new UserError(String.join(" and ", kinds) + " exclude each other");
    }
    boolean withoutNetwork = !kinds.isEmpty() && !inference;
    if (withoutNetwork && network != null) {
      throw new UserError("%s times no network, so %s is refused".formatted(kinds.get(0), network));
    }
    if (!withoutNetwork && network == null) {
      throw new UserError("a network is needed, or --layers, --peak or --all-reduce");
    }
    if (withoutNetwork && jvms != null) {
      throw new UserError("--jvms repeats the bench of a network, not " + kinds.get(0));
    }
  }

  private BenchPlan plan() {
    return new BenchPlan(
        NetworkArgument.named(network, input.shape(), null), size(BATCH), warmUp(), timed());
  }

  private Span warmUp() {
    return warmUp == null ? Span.WARM_UP : Span.of(Require.atLeast(0, "--warmup", warmUp));
  }

  private Span timed() {
    return steps == null ? Span.TIMED : Span.of(Require.atLeast(1, "--steps", steps));
  }

  private BenchPlan.Size size(int usualBatch) {
    int images = batch == null ? usualBatch : Require.atLeast(1, "--batch", batch);
    if (virtualNodes == null) {
      return BenchPlan.Size.of(images, threads.threads());
    }
    if (Integer.bitCount(Require.atLeast(1, "--virtual-nodes", virtualNodes)) != 1
        || images % virtualNodes != 0) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "--virtual-nodes %d is invalid: expected a power of two that divides the batch of %d",
              virtualNodes,
              images));
    }
    return new BenchPlan.Size(images, virtualNodes, threads.threads());
  }

  /** Returns the command line as it was given, without the option that asks for several JVMs. */
  private List<String> argumentsOfOneJvm() {
    List<String> arguments = new ArrayList<>();
    List<String> given = spec.root().commandLine().getParseResult().originalArgs();
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).equals("--jvms")) {
        i++;
      } else if (!given.get(i).startsWith("--jvms=")) {
        arguments.add(given.get(i));
      }
    }
    return arguments;
  }
}
