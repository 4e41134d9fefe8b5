package dev.convoy.spark.predict;

import dev.convoy.concurrent.Worker;
import dev.convoy.data.Pixels;
import dev.convoy.data.augment.Image;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.kernel.Kernels;
import dev.convoy.metrics.TopK;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import java.util.Arrays;
import java.util.List;

/** Classifies images one by one. */
public final class Predictor {
  private final TrainedNetwork trained;
  private final Replica replica;
  private final InputPipeline pipeline;
  private final Image work = new Image();

  public Predictor(TrainedNetwork trained, Kernels kernels) {
    this.trained = trained;
    pipeline = trained.pipeline();
    replica = Replica.evaluating(trained.network(), kernels, 1, 1);
  }

  /** Returns the channels that an image must have: those of the training images. */
  public int channels() {
    return trained.metadata().image().channels();
  }

  /** Returns the {@code count} best classes of an image of any size, best first. */
  public List<ClassProbability> best(Pixels image, int count) {
    pipeline.apply(0, 0, image, work, replica.input().data(), replica.input().at());
    replica.forward(Pass.evaluation(Worker.single(), 1, trained.weights()));
    double[] probabilities = trained.loss().probabilities(replica.logits(), 0);
    return Arrays.stream(TopK.best(replica.logits(), 0, count))
        .mapToObj(label -> new ClassProbability(trained.className(label), probabilities[label]))
        .toList();
  }
}
