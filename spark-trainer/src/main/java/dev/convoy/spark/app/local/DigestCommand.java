package dev.convoy.spark.app.local;

import dev.convoy.spark.app.text.ErrorLine;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.storage.WeightsFile;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.weights.WeightsDigest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy digest}: the hash of weights, as a run prints it. */
@Command(
    name = "digest",
    mixinStandardHelpOptions = true,
    description = "Prints the SHA-256 of weights, the line that `convoy train` ends with.",
    footer = {
      "",
      "Examples:",
      "  convoy digest runs/lenet5-fashion-mnist",
      "  convoy digest weights.safetensors"
    })
public final class DigestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR-or-FILE",
      description =
          "A safetensors file, or the folder of a run or checkpoint, which has "
              + WeightsFile.NAME
              + "; a path or URI.")
  private String where;

  @Override
  public Integer call() throws IOException {
    WeightsFile weights = WeightsFile.read(where, SparkApplication.hadoopConfiguration());
    weights.notices().forEach(notice -> ErrorLine.notice(spec.commandLine(), notice));
    var out = spec.commandLine().getOut();
    out.println("weights sha256=" + WeightsDigest.sha256(weights.tensors()));
    out.flush();
    return ExitStatus.DONE.code();
  }
}
