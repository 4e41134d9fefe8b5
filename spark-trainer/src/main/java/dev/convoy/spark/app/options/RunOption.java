package dev.convoy.spark.app.options;

import dev.convoy.spark.config.ConvoyConfig;
import picocli.CommandLine.Option;

/** The folder of a run. */
public final class RunOption {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder of the run, a path or URI: metrics, checkpoints, final weights."
              + " Default: runs/NAME, NAME being the name of CONFIG without .conf.")
  private String output;

  /** Returns the folder that was given, or the one that belongs to the configuration. */
  public String folder(ConvoyConfig config) {
    return output == null ? "runs/" + config.name() : output;
  }
}
