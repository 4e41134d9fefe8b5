package dev.convoy.kernel;

/**
 * How a convolution is computed. The choice changes the bits, so it is a function of the geometry
 * and of {@code kernel.winograd} alone, never of a machine or a measurement.
 */
public enum ConvolutionAlgorithm {
  /** As its definition reads: {@link Convolution}. */
  DIRECT,
  /** F(4x4,3x3) in all three passes: Lavin and Gray 2016. */
  WINOGRAD;

  /** Channels below which the transforms cost more than the products save. */
  private static final int FEWEST_CHANNELS = 16;

  /** Rows and columns below which most of a tile would be wasted. */
  private static final int SMALLEST_SIDE = 7;

  /** The algorithm of a layer. */
  public static ConvolutionAlgorithm of(ConvolutionGeometry g, boolean winograd) {
    boolean fits =
        g.kernelHeight() == 3
            && g.kernelWidth() == 3
            && g.stride() == 1
            && g.input().channels() / g.groups() >= FEWEST_CHANNELS
            && g.outputs() / g.groups() >= FEWEST_CHANNELS
            && g.output().height() >= SMALLEST_SIDE
            && g.output().width() >= SMALLEST_SIDE;
    return winograd && fits ? WINOGRAD : DIRECT;
  }
}
