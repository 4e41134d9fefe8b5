package dev.convoy.spark.config;

/**
 * Section {@code kernel}.
 *
 * @param implementation vector or scalar loops; both give the same bits
 * @param winograd Winograd's algorithm for 3x3 convolutions; part of the arithmetic
 */
public record KernelConfig(Implementation implementation, boolean winograd) {

  /** Which twin of the kernels computes. */
  public enum Implementation implements Choice {
    VECTOR,
    SCALAR
  }

  static KernelConfig read(ConfigReader reader) {
    return new KernelConfig(
        reader.choice("kernel.implementation", Implementation.class),
        reader.onOff("kernel.winograd"));
  }
}
