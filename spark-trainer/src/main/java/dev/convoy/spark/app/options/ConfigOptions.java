package dev.convoy.spark.app.options;

import dev.convoy.spark.config.ConvoyConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which configuration a command runs under: a file and the overrides of its keys. */
public final class ConfigOptions {
  @Parameters(
      paramLabel = "CONFIG",
      description =
          "Configuration of the experiment, a HOCON file such as conf/lenet5-fashion-mnist.conf.")
  private String file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the configuration; may be repeated, the last one wins.")
  private List<String> sets = new ArrayList<>();

  /** Returns the configuration, checked; refused with a UserError. */
  public ConvoyConfig load() {
    return ConvoyConfig.load(file, sets);
  }

  /**
   * Returns the configuration for a command that reads no data, so it need not say where that is.
   */
  public ConvoyConfig loadWithoutData() {
    List<String> all = new ArrayList<>(sets);
    all.add("data.train=unused");
    return ConvoyConfig.load(file, all);
  }
}
