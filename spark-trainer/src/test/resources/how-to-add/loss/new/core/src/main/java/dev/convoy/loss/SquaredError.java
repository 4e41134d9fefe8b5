package dev.convoy.loss;

import dev.convoy.tensor.Tensor;
import java.util.List;

/** Half the squared distance between the logits and the right class's unit vector. */
public record SquaredError() implements Loss {
  static final LossFactory FACTORY =
      new LossFactory(
          "squared-error", "the distance to the unit vector", List.of(), its -> new SquaredError());

  @Override
  public String name() {
    return FACTORY.name();
  }

  @Override
  public float evaluate(int images, Tensor logits, int[] labels, Tensor gradient) {
    double total = 0;
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < logits.shape().size(); c++) {
        float error = logits.data()[logits.image(n) + c] - (c == labels[n] ? 1 : 0);
        total += error * error / 2;
        if (gradient != null) {
          gradient.data()[gradient.image(n) + c] = error / images;
        }
      }
    }
    return (float) (total / images);
  }

  /** Logits are estimates of probabilities: the nearest that add up to one are not sought. */
  @Override
  public double[] probabilities(Tensor logits, int image) {
    double[] probabilities = new double[logits.shape().size()];
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = Math.min(1, Math.max(0, logits.data()[logits.image(image) + c]));
    }
    return probabilities;
  }
}
