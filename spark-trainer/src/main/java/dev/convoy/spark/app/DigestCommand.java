package dev.convoy.spark.app;

import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.weights.Safetensors;
import dev.convoy.weights.SafetensorsFile;
import dev.convoy.weights.WeightsDigest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
final class DigestCommand implements Callable<Integer> {
  private static final String WEIGHTS = "weights.safetensors";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR-or-FILE",
      description =
          "A safetensors file, or the folder of a run or checkpoint, which has "
              + WEIGHTS
              + "; a path or URI.")
  private String where;

  @Override
  public Integer call() throws IOException {
    Path file = weightsFile(new Path(where));
    try (InputStream in = new BufferedInputStream(open(file))) {
      SafetensorsFile weights = Safetensors.read(in, file.toString());
      var out = spec.commandLine().getOut();
      out.println("weights sha256=" + WeightsDigest.sha256(weights.tensors()));
      out.flush();
    }
    return ExitStatus.DONE.code();
  }

  private static Path weightsFile(Path path) throws IOException {
    FileSystem files = path.getFileSystem(new Configuration());
    if (!files.exists(path)) {
      throw new UserError("no such file or folder: " + path);
    }
    if (!files.getFileStatus(path).isDirectory()) {
      return path;
    }
    Path file = new Path(path, WEIGHTS);
    if (!files.exists(file)) {
      throw new UserError("the folder " + path + " has no " + WEIGHTS);
    }
    return file;
  }

  private static InputStream open(Path file) throws IOException {
    return file.getFileSystem(new Configuration()).open(file);
  }
}
