package dev.convoy.kernel;

import dev.convoy.concurrent.Worker;
import dev.convoy.tensor.Tensor;
import java.util.Locale;

/**
 * Local response normalization across channels (Krizhevsky et al. 2012, section 3.3), with the
 * exponent 3/4. All workers of a team call it together, and each does its share.
 *
 * <p>For channel c, {@code d[c] = fma(alpha, s[c], k)}, where s[c] is the sum of squares of
 * channels c - n/2 to c + n/2, one chain of fused multiply-adds in ascending order beginning with
 * +0, in which channels that do not exist count as zero. {@code y[c]} is {@link
 * FloatMath#inverseFourthRoot} of d[c], {@code q = y*y}.
 *
 * <p>Shapes: all are (N,H,W,C), C padded to 16.
 */
public interface ResponseNormalizationKernel {
  /** Computes {@code output[c] = input[c] * (q[c]*y[c])}. */
  void forward(Worker worker, int images, Tensor input, Tensor output);

  /**
   * Computes the gradient of {@code x = input} from {@code g = outputGradient}: with {@code f =
   * q*y} and {@code t[j] = (g[j]*x[j]) * (f[j]*(q[j]*q[j]))}, and {@code u[c]} the sum of t over
   * c's window, one chain of additions in ascending order beginning with +0,
   *
   * <pre>{@code inputGradient[c] = fma(-3/2 alpha, x[c]*u[c], g[c]*f[c])}</pre>
   *
   * added to the previous values if {@code add}.
   */
  void backward(
      Worker worker,
      int images,
      Tensor input,
      Tensor outputGradient,
      boolean add,
      Tensor inputGradient);

  /**
   * The constants of the formula.
   *
   * @param size channels in a window, n, odd
   * @param k added to the sum
   * @param alpha factor of the sum
   */
  record Constants(int size, float k, float alpha) {
    public Constants {
      if (size < 1 || size % 2 == 0 || !(k > 0) || !(alpha >= 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "local response normalization over %d channels with k = %s and alpha = %s is impossible: the size must be odd, k positive and alpha not negative",
                size,
                k,
                alpha));
      }
    }
  }
}
