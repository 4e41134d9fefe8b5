package dev.convoy.testing;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.optim.Optimizer;
import dev.convoy.optim.OptimizerShard;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.ParameterRange;
import dev.convoy.optim.Sgd;

/** Training steps on one microbatch, in one thread. */
public final class Training {
  private final Replica replica;
  private final Loss loss;
  private final Optimizer optimizer;
  private final float learningRate;
  private final int[] labels;
  private final float[] weights;
  private final float[] gradients;
  private final float[] momentum;

  /**
   * Begins a run.
   *
   * @param images in torch's order, one for each label
   * @param weights the network's flat vector, which the steps change
   */
  public Training(
      Network network,
      Kernels kernels,
      Loss loss,
      Sgd optimizer,
      float learningRate,
      float[] images,
      int[] labels,
      float[] weights) {
    replica = Replica.trainingWithInputGradient(network, kernels, labels.length, 1);
    replica.input().fromNchw(images);
    this.loss = loss;
    Optimizers.Settings settings =
        Optimizers.Settings.of(optimizer.momentum(), optimizer.weightDecay());
    this.optimizer = Optimizers.of(optimizer.name(), settings, ParameterRange.of(network));
    this.learningRate = learningRate;
    this.labels = labels.clone();
    this.weights = weights;
    gradients = new float[weights.length];
    momentum = new float[weights.length];
  }

  /** Forward, loss and backward; gradients are left behind. */
  public float differentiate() {
    int images = labels.length;
    Pass pass = Pass.single(images, weights, gradients);
    replica.forward(pass);
    float mean = loss.evaluate(images, replica.logits(), labels, replica.logitsGradient());
    replica.backward(pass);
    return mean;
  }

  /** One step of the optimizer along the gradients that are there. */
  public void update() {
    OptimizerShard all = OptimizerShard.whole(weights, gradients, momentum);
    optimizer.update(all, 0, weights.length, learningRate);
  }

  /** Both. */
  public float step() {
    float mean = differentiate();
    update();
    return mean;
  }

  /** With the results of the last {@link #differentiate}. */
  public Replica replica() {
    return replica;
  }

  /** Of the last {@link #differentiate}, the flat vector. */
  public float[] gradients() {
    return gradients;
  }
}
