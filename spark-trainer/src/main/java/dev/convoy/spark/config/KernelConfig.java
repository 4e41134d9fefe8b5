package dev.convoy.spark.config;

import static dev.convoy.spark.config.DefinesResult.NO;
import static dev.convoy.spark.config.DefinesResult.YES;

import dev.convoy.kernel.KernelChoice;
import java.util.List;

/**
 * Section {@code kernel}.
 *
 * @param implementation name of the kernels, one of {@link KernelChoice#names}; all give the same
 *     bits
 * @param winograd Winograd's algorithm for 3x3 convolutions; part of the arithmetic
 */
public record KernelConfig(String implementation, boolean winograd) {
  static final Section SECTION = new Section("kernel");

  private static final Key<String> IMPLEMENTATION =
      SECTION.key(
          "implementation",
          Types.name(KernelChoice.names()),
          "vector",
          NO,
          "Which kernels compute: vector (the JDK's Vector API) or scalar (plain loops, the same"
              + " bits, much slower).");

  private static final Key<Boolean> WINOGRAD =
      SECTION.key(
          "winograd",
          Types.onOff(),
          "on",
          YES,
          "Winograd's algorithm for convolutions of 3x3. Part of the arithmetic: the result depends"
              + " on it.");

  static KernelConfig read(Values values) {
    return new KernelConfig(values.get(IMPLEMENTATION), values.get(WINOGRAD));
  }

  /**
   * Returns the section with these overrides of its keys, over the defaults.
   *
   * @throws UserError where anything is unknown, of the wrong type or impossible
   */
  public static KernelConfig load(List<String> sets) {
    return read(ConfigSources.defaults(sets));
  }
}
