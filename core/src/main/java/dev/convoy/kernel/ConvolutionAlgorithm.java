package dev.convoy.kernel;

import dev.convoy.tensor.Layout;

/**
 * How a convolution is computed. The choice changes the bits, so it is a function of the geometry
 * and of {@code kernel.winograd} alone, never of a machine or a measurement.
 */
public enum ConvolutionAlgorithm {
  /** By the definition in {@link ConvolutionKernel}. */
  DIRECT,
  /** By the tiles of {@link Winograd}. */
  WINOGRAD;

  /**
   * The number of a group's channels below which the transforms cost more than the products save.
   */
  private static final int FEWEST_CHANNELS = 16;

  /** The number of rows and columns below which most of a tile would be wasted. */
  private static final int SMALLEST_SIDE = 7;

  /**
   * The number of rows and columns below which a virtual node has so few tiles that transforming
   * its sums costs more than the products save.
   */
  private static final int SMALLEST_SIDE_OF_WEIGHT_GRADIENT = 8;

  /** Returns the algorithm of a layer's output and of the gradient of its input. */
  public static ConvolutionAlgorithm of(ConvolutionGeometry g, boolean winograd) {
    return winograd && possible(g) && worthwhile(g, SMALLEST_SIDE) ? WINOGRAD : DIRECT;
  }

  /** Returns the algorithm of the gradient of a layer's weights. */
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
