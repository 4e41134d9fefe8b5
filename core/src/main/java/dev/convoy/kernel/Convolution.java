package dev.convoy.kernel;

/**
 * A convolution of one geometry, with the scratch memory it needs. Not thread-safe: a worker has
 * its own.
 *
 * <p>Shapes: {@code input} is (N,H,W,C) with the geometry's input stride, {@code output} is
 * (N,OH,OW,O) with O padded to 16, the filter is packed as (KH,KW,C,O) with O padded to 16, and
 * lies at {@code filter} in {@code weights}; the bias, O padded to 16, at {@code bias}, or nowhere
 * if {@code bias} is negative. In the padding of O, filter and bias are zero.
 */
public interface Convolution {
  /**
   * Derives from the filter what {@link #inputGradient} reads. Call it after every change of the
   * weights.
   */
  void prepare(float[] weights, int filter);

  /**
   * {@code output[n,oy,ox,o] = bias[o] + sum over (ky,kx,c) of input[n,oy*s+ky-p,ox*s+kx-p,c] *
   * filter[ky,kx,c,o]}: one chain of fused multiply-adds in the order (ky,kx,c), beginning with the
   * bias, in which padding takes part as zero.
   */
  void forward(int images, float[] input, float[] weights, int filter, int bias, float[] output);

  /**
   * {@code inputGradient[n,y,x,c] = sum over (ky,kx,o) of outputGradient[n,(y+p-ky)/s,(x+p-kx)/s,o]
   * * filter[ky,kx,c,o]} wherever that output exists: one chain in the order (ky,kx,o), beginning
   * with +0. Overwrites. The gradient's channels are padded to 16.
   */
  void inputGradient(int images, float[] outputGradient, float[] inputGradient);

  /**
   * {@code filterGradient[ky,kx,c,o] = sum over (n,oy,ox) of input[n,oy*s+ky-p,ox*s+kx-p,c] *
   * outputGradient[n,oy,ox,o]}, one chain in the order (n,oy,ox), beginning with +0; the bias'
   * gradient is the plain sum of {@code outputGradient[n,oy,ox,o]} in the same order. Both
   * overwrite.
   */
  void weightGradient(
      int images, float[] input, float[] outputGradient, float[] gradients, int filter, int bias);
}
