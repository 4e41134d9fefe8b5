package dev.convoy.spark.app.options;

import dev.convoy.spark.app.text.ErrorLine;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.storage.WeightsFile;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The trained network that a command uses: its name and its weights. */
public final class TrainedOptions {
  @Option(
      names = "--network",
      required = true,
      paramLabel = "N",
      description = "Name of the network, such as lenet5-modern.")
  private String network;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description =
          "Weights that convoy train wrote: a safetensors file or the folder of a run, a path or"
              + " URI.")
  private String weights;

  /** Returns the network's name, if there is such a network. */
  public String network() {
    return NetworkArgument.known(network);
  }

  /** Returns the file of the weights, read; notices go to the command's standard error. */
  public WeightsFile weights(CommandLine command) throws IOException {
    WeightsFile file = WeightsFile.read(weights, SparkApplication.hadoopConfiguration());
    file.notices().forEach(notice -> ErrorLine.notice(command, notice));
    return file;
  }
}
