package dev.convoy.kernel;

import dev.convoy.tensor.Layout;

/**
 * How a convolution is computed. The choice changes the bits, so it is a function of the geometry
 * and of {@code kernel.winograd} alone, never of a machine or a measurement.
 */
public enum ConvolutionAlgorithm {
  /** As its definition reads: {@link ConvolutionKernel}. */
  DIRECT,
  /** By tiles: {@link Winograd}. */
  WINOGRAD;

  /** Channels of a group below which the transforms cost more than the products save. */
  private static final int FEWEST_CHANNELS = 16;

  /** Rows and columns below which most of a tile would be wasted. */
  private static final int SMALLEST_SIDE = 7;

  /**
   * Rows and columns below which a virtual node has so few tiles that its sums' transform costs
   * more than the products save.
   */
  private static final int SMALLEST_SIDE_OF_WEIGHT_GRADIENT = 8;

  /** The algorithm of a layer's output and of the gradient of its input. */
  public static ConvolutionAlgorithm of(ConvolutionGeometry g, boolean winograd) {
    return winograd && possible(g) && worthwhile(g, SMALLEST_SIDE) ? WINOGRAD : DIRECT;
  }

  /** The algorithm of the gradient of a layer's weights. */
  public static ConvolutionAlgorithm ofWeightGradient(ConvolutionGeometry g, boolean winograd) {
    boolean wanted = winograd && possible(g) && worthwhile(g, SMALLEST_SIDE_OF_WEIGHT_GRADIENT);
    return wanted ? WINOGRAD : DIRECT;
  }

  private static boolean possible(ConvolutionGeometry g) {
    return g.kernelHeight() == Winograd.FILTER
        && g.kernelWidth() == Winograd.FILTER
        && g.stride() == 1
        && g.padding() < Winograd.FILTER
        && g.inputStride() >= Layout.padded(g.input().channels());
  }

  private static boolean worthwhile(ConvolutionGeometry g, int smallestSide) {
    return g.groupInChannels() >= FEWEST_CHANNELS
        && g.groupOutChannels() >= FEWEST_CHANNELS
        && g.output().height() >= smallestSide
        && g.output().width() >= smallestSide;
  }
}
