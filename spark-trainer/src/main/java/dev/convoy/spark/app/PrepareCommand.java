package dev.convoy.spark.app;

import dev.convoy.data.Split;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.Manifest.ShardedSplit;
import dev.convoy.data.shard.Preparation;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy prepare}: makes shards of a dataset. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = {
      "Makes shards of a dataset: few large files, made to be read at random from a cluster's file"
          + " system.",
      "OUTPUT appears only when it is complete and was read back. Train on it with"
          + " --set data.format=shards --set data.train=OUTPUT."
    },
    footer = {
      "",
      "Example:",
      "  convoy prepare mnist --input /usr/share/datasets/fashion-mnist \\",
      "    --output hdfs:///data/fashion-mnist --shards 8"
    })
final class PrepareCommand implements Callable<Integer> {
  /** The four IDX files of MNIST and its kin, plain or .gz. */
  private static final String MNIST = "mnist";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FORMAT", description = "What the input is: " + MNIST + ".")
  private String format;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "INPUT",
      description = "Folder of the dataset, a path or URI.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "OUTPUT",
      description = "Folder of the shards, a path or URI.")
  private String output;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "4",
      description = "Files for each split. Default: ${DEFAULT-VALUE}.")
  private int shards;

  @Option(names = "--overwrite", description = "Replaces the shards in OUTPUT.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    if (!format.equals(MNIST)) {
      throw new UserError("the format %s is unknown; allowed is %s".formatted(format, MNIST));
    }
    PrintWriter out = spec.commandLine().getOut();
    Manifest made =
        Preparation.mnist(
            SparkApplication.hadoopConfiguration(),
            input,
            output,
            AtLeast.of(1, "--shards", shards),
            overwrite,
            (split, samples, of) -> printProgress(out, split, samples, of));
    print(out, "training", made.train());
    print(out, "validation", made.validation());
    out.printf("classes     %d: %s%n", made.classes(), String.join(", ", made.classNames()));
    out.println("output      " + output);
    out.flush();
    return ExitStatus.DONE.code();
  }

  private static void print(PrintWriter out, String name, ShardedSplit split) {
    out.printf(
        Locale.ROOT,
        "%-12s%,d images of %s in %d shards, fingerprint %s%n",
        name,
        split.samples(),
        split.shape(),
        split.shards().size(),
        split.fingerprint());
  }

  private static void printProgress(PrintWriter out, Split split, int samples, int of) {
    String name = split.name().toLowerCase(Locale.ROOT);
    out.printf(Locale.ROOT, "%s: %,d of %,d images written%n", name, samples, of);
    out.flush();
  }
}
