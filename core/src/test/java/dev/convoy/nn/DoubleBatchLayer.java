package dev.convoy.nn;

import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A {@link DoubleLayer} whose outputs depend on all images of the batch. */
public interface DoubleBatchLayer {
  List<double[]> forward(List<double[]> inputs, List<double[]> parameters);

  /**
   * Batch normalization with the batch's statistics, biased variance.
   *
   * @param shortcut so many times the input is added
   */
  static DoubleBatchLayer batchNormalization(
      Shape in, double epsilon, double shortcut, boolean relu) {
    return (inputs, parameters) -> {
      double[] means = new double[in.channels()];
      double[] variances = new double[in.channels()];
      int count = inputs.size() * in.pixels();
      for (double[] input : inputs) {
        for (int i = 0; i < input.length; i++) {
          means[i / in.pixels()] += input[i] / count;
        }
      }
      for (double[] input : inputs) {
        for (int i = 0; i < input.length; i++) {
          int c = i / in.pixels();
          variances[c] += (input[i] - means[c]) * (input[i] - means[c]) / count;
        }
      }
      List<double[]> outputs = new ArrayList<>();
      for (double[] input : inputs) {
        double[] output = new double[input.length];
        for (int i = 0; i < input.length; i++) {
          int c = i / in.pixels();
          double normalized = (input[i] - means[c]) / Math.sqrt(variances[c] + epsilon);
          double value =
              parameters.get(0)[c] * normalized + parameters.get(1)[c] + shortcut * input[i];
          output[i] = relu ? Math.max(value, 0) : value;
        }
        outputs.add(output);
      }
      return outputs;
    };
  }
}
