package dev.convoy.spark.train;

import dev.convoy.collective.transport.WireFormat;
import dev.convoy.kernel.Kernels;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.config.ClusterConfig;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.spark.config.SyncConfig;
import dev.convoy.spark.config.TrainConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints for a person what a run is going to do and, at its end, where its files are. */
final class PlanPrinter {
  private final PrintStream out;

  PlanPrinter(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints the plan before anything starts.
   *
   * @param anew tensors that do not come from {@code train.init}
   */
  void print(RunPlan plan, RunData data, List<String> anew) {
    ConvoyConfig config = plan.config();
    TrainConfig train = config.train();
    line(
        "network",
        "%s, %,d parameters, %,d multiply-adds an image",
        plan.network().name(),
        plan.network().trainable(),
        plan.network().multiplyAdds());
    line("data", "%,d training images in %s", data.training().size(), config.data().train());
    line("", "%,d validation images in %s", data.validation().size(), config.data().validation());
    line(
        "training",
        "%,d steps (%.4g epochs) of %d images in %d virtual nodes, seed %d",
        plan.steps(),
        plan.epochs(plan.steps()),
        train.batchSize(),
        train.virtualNodes(),
        train.seed());
    if (plan.leftOut() > 0) {
      line(
          "",
          "%,d of %,d training images are left out of each epoch, others each time"
              + " (data.last-batch = drop)",
          plan.leftOut(),
          data.training().size());
    }
    DataConfig.Normalize normalize = config.data().normalization();
    line("pixels", "normalized by mean %s, std %s", normalize.mean(), normalize.std());
    line(
        "optimizer",
        "%s, learning rate %s (%s), momentum %s, weight decay %s, loss %s",
        plan.optimizer().name(),
        plan.learningRate(),
        train.schedule().name(),
        train.optimizer().momentum(),
        train.optimizer().weightDecay(),
        plan.loss().name());
    train.init().ifPresent(file -> line("init", "%s", init(file, anew, plan.network().classes())));
    if (!train.freeze().isEmpty()) {
      line("frozen", "%s", String.join(", ", train.freeze()));
    }
    line("sync", "%s", sync(config.sync()));
    ClusterConfig cluster = config.cluster();
    line(
        "cluster",
        "%s of %s and %d MiB each, %s kernels",
        count(cluster.executors(), "executor"),
        count(cluster.coresPerExecutor(), "core"),
        cluster.memoryMiB(),
        config.kernel().implementation());
  }

  /** Prints what a step needs of an executor's memory, and the end of a dry run. */
  void printMemory(RunPlan plan) {
    ClusterConfig cluster = plan.config().cluster();
    Kernels kernels = RunPlan.kernels(plan.config()).kernels();
    ExecutorMemoryPlan memory = ExecutorMemoryPlan.largest(plan, kernels);
    line(
        "memory",
        "%,d MiB of each executor's %,d MiB for a step, %,d for validation of %d images at a time;"
            + " data and exchange come on top",
        mebibytes(memory.step()),
        cluster.memoryMiB(),
        mebibytes(memory.evaluation()),
        plan.evaluation().microbatchSize());
    line(
        "",
        "%d of its %s at once; data read ahead is %,d MiB (%,d more while validating), the copies of"
            + " a checkpoint %,d MiB, replicas %,d MiB, the exchange %,d MiB, and %,d outside the heap",
        memory.nodesAtOnce(),
        count(memory.nodes(), "virtual node"),
        mebibytes(memory.readAhead()),
        mebibytes(memory.validationReadAhead()),
        mebibytes(memory.checkpoint()),
        mebibytes(memory.replicas()),
        mebibytes(memory.exchange()),
        mebibytes(memory.exchangeOffHeap()));
    out.println("nothing was trained: this was a dry run");
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }

  private static String init(String file, List<String> anew, int classes) {
    return anew.isEmpty()
        ? file
        : String.format(
            Locale.ROOT,
            "%s, but for %d classes %s begin anew",
            file,
            classes,
            String.join(", ", anew));
  }

  private static String sync(SyncConfig sync) {
    String wire =
        sync.wire() == WireFormat.FLOAT32
            ? ""
            : ", as bfloat16 for at most " + sync.maxExecutors() + " executors";
    return sync.mode() == SyncConfig.Mode.AVERAGING
        ? "averaging of weights every "
            + sync.period()
            + " steps"
            + sync.from().map(from -> ", from " + from + " on; before, all-reduce").orElse("")
            + wire
        : "all-reduce of gradients in every step" + wire;
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private void line(String what, String format, Object... values) {
    out.printf(Locale.ROOT, "%-11s%s%n", what, String.format(Locale.ROOT, format, values));
  }

  /**
   * Prints the end of a finished run: where its files are and, in the last line, the hash of its
   * weights.
   */
  static void printEnd(PrintStream out, RunFolder folder, String digest) throws IOException {
    out.println("output     " + folder.path());
    printIfThere(out, folder, FinalWeights.FILE, "the trained weights");
    printIfThere(out, folder, CheckpointStore.FOLDER, "to go on from, with --resume");
    printIfThere(out, folder, RunFolder.METRICS, "one JSON object a line");
    out.printf("           %-22s  %s%n", "events.out.tfevents.*", "for TensorBoard");
    printIfThere(out, folder, RunFolder.RUN_RECORD, "what ran, and how it ended");
    out.println("weights sha256=" + digest);
    out.flush();
  }

  private static void printIfThere(PrintStream out, RunFolder folder, String name, String whatItIs)
      throws IOException {
    if (folder.fileSystem().exists(folder.file(name))) {
      out.printf("           %-22s  %s%n", name, whatItIs);
    }
  }
}
