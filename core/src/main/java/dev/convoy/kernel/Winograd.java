package dev.convoy.kernel;

/**
 * The arithmetic of {@link ConvolutionAlgorithm#WINOGRAD}: 3x3 convolutions with stride 1 by tiles,
 * F(4x4,3x3) for the output and the gradient of the input, F(3x3,4x4) for that of the filter (Lavin
 * and Gray 2016, sections 4.1 and 4.3). A tile's 16 outputs take 36 multiplications where the
 * definition takes 144.
 *
 * <p><b>Points.</b> 0, 1, -1, 1/2, -2 and infinity, whose rounding error is a third less than that
 * of 0, 1, -1, 2, -2 and infinity. One-dimensional transforms, each a fixed sequence of float
 * operations; {@code a*b+c} is one fused multiply-add:
 *
 * <pre>
 * input, 6 to 6      e = d4-d2   f = d3-d1
 *                    v0 = -2*d2 + (1.5*f + (d0+d4))      v3 =  2*f + e
 *                    v1 = 2.5*d3 + (0.5*d2 + (d4-d1))    v4 = -0.5*f + e
 *                    v2 = 0.5*d3 + (-2.5*d2 + (d4+d1))   v5 = -2*d3 + (1.5*e + (d1+d5))
 * filter, 3 to 6     s = g0+g2
 *                    u0 = g0   u1 = (s+g1)·(1/3)   u2 = (g1-s)·(1/3)   u5 = g2
 *                    u3 = (-4/15)*g2 + ((-8/15)*g1 + g0·(-16/15))
 *                    u4 = (4/15)*g2 + ((-2/15)*g1 + g0·(1/15))
 * output, 6 to 4     s = m1+m2   d = m1-m2
 *                    y0 = (m0+s) + (m3+m4)               y1 = -2*m4 + (0.5*m3 + d)
 *                    y2 = 4*m4 + (0.25*m3 + s)           y3 = -8*m4 + (0.125*m3 + (d+m5))
 * output gradient,   s = y0+y2   d = y1+y3
 * 4 to 6             v0 = y0   v1 = s+d   v2 = s-d   v5 = y3
 *                    v3 = 0.5*(0.5*(0.5*y3+y2)+y1)+y0    v4 = -2*(-2*(-2*y3+y2)+y1)+y0
 * filter gradient,   s = (m1+m2)·(1/3)   d = (m1-m2)·(1/3)
 * 6 to 3             w0 = (1/15)*m4 + ((-16/15)*m3 + (m0+d))
 *                    w1 = (-2/15)*m4 + ((-8/15)*m3 + s)
 *                    w2 = (4/15)*m4 + ((-4/15)*m3 + (d+m5))
 * </pre>
 *
 * <p>In two dimensions a transform is applied down each column first, and then along each row.
 *
 * <p><b>Output.</b> Tile (ty,tx) of an image has the outputs from row 4 ty and column 4 tx on, and
 * the 6x6 inputs that they see; what lies outside of an image is zero. For each of the 36 points
 * and each output channel the products of transformed input and transformed filter are one chain of
 * fused multiply-adds over the channels of the group in ascending order, beginning with +0. To the
 * transformed sums the bias is added, or +0 if there is none.
 *
 * <p><b>Gradient of the input.</b> The same with the output's gradient as the input, padding 2-p,
 * filters rotated by 180 degrees with input and output channels exchanged, and no bias; if asked
 * for, the result is added to the previous values.
 *
 * <p><b>Gradient of the filter.</b> For each virtual node and each of the 36 points, products of
 * the transformed 6x6 inputs and the transformed 4x4 output gradients: one chain over the node's
 * tiles in the order (image,ty,tx), beginning with +0. Each node's sums are transformed to a filter
 * gradient, and these are added in the {@link VirtualNodeTree}. The bias' gradient is a {@link
 * BiasGradientKernel}.
 */
public final class Winograd {
  /** Rows and columns of a tile of outputs. */
  public static final int TILE = 4;

  /** Rows and columns of a filter. */
  public static final int FILTER = 3;

  /** Rows and columns of the inputs that a tile sees, and points of a transform. */
  public static final int SIDE = TILE + FILTER - 1;

  /** Products that a tile takes. */
  public static final int POINTS = SIDE * SIDE;

  /** 1/3. */
  public static final float THIRD = 1f / 3f;

  /** 1/15. */
  public static final float FIFTEENTH = 1f / 15f;

  private Winograd() {}

  /** Returns the number of tiles that cover {@code length} outputs. */
  public static int tiles(int length) {
    return (length + TILE - 1) / TILE;
  }

  /**
   * Returns the geometry of the convolution with rotated filters that computes the gradient of the
   * input from that of the output.
   */
  public static ConvolutionGeometry rotated(ConvolutionGeometry g) {
    return new ConvolutionGeometry(
        g.output(),
        g.outputStride(),
        g.input().channels(),
        FILTER,
        FILTER,
        1,
        FILTER - 1 - g.padding(),
        g.groups());
  }
}
