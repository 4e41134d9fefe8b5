package dev.convoy.spark.app.options;

import dev.convoy.kernel.KernelChoice;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.spark.config.KernelConfig;
import dev.convoy.spark.config.LossConfig;
import dev.convoy.spark.config.UserError;
import dev.convoy.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The configuration of a command that runs in this process, without Spark and without a file. */
public final class LocalOptions {
  private static final List<String> SECTIONS = List.of("kernel", "train.loss");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets a key of the sections kernel and train.loss, such as"
              + " kernel.implementation=scalar; may be repeated.")
  private List<String> sets = new ArrayList<>();

  /** Returns the kernels asked for, if this JVM can run them. */
  public KernelChoice kernels() {
    return kernels(null);
  }

  /**
   * Returns the kernels asked for, if this JVM can run them.
   *
   * @param winograd the value of {@code kernel.winograd}, or null for what the configuration says
   */
  public KernelChoice kernels(String winograd) {
    if (winograd != null) {
      sets.add("kernel.winograd=" + winograd);
    }
    KernelConfig kernel = KernelConfig.load(checked());
    try {
      return KernelChoice.of(kernel.implementation(), kernel.winograd());
    } catch (IllegalStateException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** Returns the loss that belongs to a network. */
  public Loss loss(String network) {
    try {
      return Losses.of(Zoo.named(network).loss(), LossConfig.load(checked()).settings());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private List<String> checked() {
    return Require.keysOf(SECTIONS, sets);
  }
}
