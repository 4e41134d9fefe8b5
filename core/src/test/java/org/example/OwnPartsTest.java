package org.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.loss.Loss;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import dev.convoy.optim.Schedule;
import dev.convoy.tensor.Tensor;
import dev.convoy.train.Batch;
import dev.convoy.train.Score;
import dev.convoy.train.Trainer;
import dev.convoy.zoo.Zoo;
import org.junit.jupiter.api.Test;

/** A loss, an optimizer and a schedule written outside of Convoy's packages. */
class OwnPartsTest {
  private static final int IMAGES = 32;

  /** Half the squared distance of the logits to the one-hot vector of the class. */
  private record SquaredError() implements Loss {
    @Override
    public String name() {
      return "squared-error";
    }

    @Override
    public float evaluate(int images, Tensor logits, int[] labels, Tensor gradient) {
      int classes = logits.shape().channels();
      double total = 0;
      for (int n = 0; n < images; n++) {
        for (int c = 0; c < classes; c++) {
          float error = logits.data()[logits.image(n) + c] - (c == labels[n] ? 1 : 0);
          total += error * error / 2;
          if (gradient != null) {
            gradient.data()[gradient.image(n) + c] = error / images;
          }
        }
      }
      return (float) (total / images);
    }

    @Override
    public double[] probabilities(Tensor logits, int image) {
      double[] scores = new double[logits.shape().channels()];
      for (int c = 0; c < scores.length; c++) {
        scores[c] = logits.data()[logits.image(image) + c];
      }
      return scores;
    }
  }

  /** Plain gradient descent. */
  private record GradientDescent() implements Optimizer {
    @Override
    public String name() {
      return "gradient-descent";
    }

    @Override
    public void update(OptimizerShard shard, int from, int to, float learningRate) {
      for (int i = from - shard.first(); i < to - shard.first(); i++) {
        float gradient = shard.gradientSum()[i] * shard.scale();
        shard.weights()[i] -= learningRate * gradient;
      }
    }
  }

  @Test
  void theyTrainANetwork() {
    Schedule halvesEveryTenSteps = step -> 0.1f / (1 << (step / 10));
    Batch batch = batch();
    try (Trainer trainer =
        Trainer.of(Zoo.named("lenet5-modern").build())
            .loss(new SquaredError())
            .optimizer(new GradientDescent())
            .batchSize(IMAGES)
            .threads(1)
            .build()) {
      Score first = trainer.step(batch, halvesEveryTenSteps.rate(0));
      for (int step = 1; step < 30; step++) {
        trainer.step(batch, halvesEveryTenSteps.rate(step));
      }
      Score last = trainer.evaluate(batch);
      assertTrue(last.loss() < first.loss(), first + " to " + last);
    }
  }

  @Test
  void aStepDoesWhatTheOptimizerSays() {
    Batch batch = batch();
    try (Trainer trainer =
        Trainer.of(Zoo.named("lenet5-modern").build())
            .optimizer(new GradientDescent())
            .batchSize(IMAGES)
            .threads(1)
            .build()) {
      float[] before = trainer.weights().vector();
      trainer.step(batch, 0f);
      assertArrayEquals(before, trainer.weights().vector());
    }
  }

  private static Batch batch() {
    float[] pixels = new float[IMAGES * 32 * 32];
    int[] labels = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = i % 10;
      for (int p = 0; p < 32; p++) {
        pixels[(i * 32 + 3 * labels[i]) * 32 + p] = 1;
      }
    }
    return new Batch(pixels, labels);
  }
}
