package dev.convoy.spark.verify;

import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.optim.Optimizers;
import dev.convoy.spark.config.UserError;
import dev.convoy.tensor.Tensor;
import dev.convoy.train.Batch;
import dev.convoy.train.HeadLoss;
import dev.convoy.train.Trainer;
import dev.convoy.weights.NamedTensor;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Takes the steps of a dump with Convoy's {@link Trainer}: one virtual node, which is the batch.
 * What a trainer keeps to itself, the first step's logits and gradients, is compared on a replica.
 */
public final class Verification {
  private final Dump dump;
  private final Network network;
  private final Kernels kernels;
  private final Loss loss;
  private final int[] labels;
  private final Replica replica;

  /** Prepares a verification without dropout, whose random numbers no two engines share. */
  public Verification(Dump dump, Network network, Kernels kernels, Loss loss) throws IOException {
    this.dump = dump;
    this.network = network.withoutDropout();
    this.kernels = kernels;
    this.loss = loss;
    labels = dump.labels();
    replica = Replica.trainingWithInputGradient(this.network, kernels, labels.length, 1);
  }

  /**
   * Runs all steps and compares.
   *
   * @throws UserError if the dump is not of this network
   */
  public Comparison run() throws IOException {
    int images = labels.length;
    int steps = steps();
    float[] input = dump.run("input", images * network.input().size());
    float[] rightLogits = dump.run("logits", images * network.classes());
    float[] rightInputGradient = dump.run("input_gradient", input.length);
    float[] rightLoss = dump.run("loss", 1);
    float[] rightLosses = dump.run("losses", steps);
    float[] rightGradients = dump.gradients(network);
    float[] rightWeights = dump.updated(network);

    replica.input().fromNchw(input);
    float[] gradients = new float[network.vectorLength()];
    backward(dump.weights(network), gradients);
    List<Parameter> trained =
        network.parameters().stream().filter(parameter -> !parameter.statistic()).toList();
    float[] logits = replica.logits().toNchw(images);
    float[] inputGradient = replica.inputGradient().toNchw(images);
    double auxiliaryError = auxiliaryError();
    Comparison.Worst worstGradient = Comparison.Worst.of(trained, gradients, rightGradients);
    float[] losses = new float[steps];
    float[] weights = train(batch(input), losses);
    Comparison.Worst worstWeight = Comparison.Worst.of(network.parameters(), weights, rightWeights);
    return new Comparison(
        network.name(),
        Math.max(RelativeError.l2(logits, rightLogits), auxiliaryError),
        RelativeError.l2(losses, rightLoss),
        RelativeError.l2(losses, rightLosses),
        RelativeError.l2(inputGradient, rightInputGradient),
        worstGradient.error(),
        worstGradient.name(),
        worstWeight.error(),
        worstWeight.name());
  }

  /** Returns the largest of the auxiliary heads' logits that the dump has; 0 without any. */
  private double auxiliaryError() throws IOException {
    int images = labels.length;
    double worst = 0;
    for (int i = 0; i < network.auxiliaries().size(); i++) {
      String name = "aux" + (i + 1) + "_logits";
      if (dump.has(name)) {
        float[] logits = replica.logits(network.auxiliaries().get(i)).toNchw(images);
        worst = Math.max(worst, RelativeError.l2(logits, dump.run(name, logits.length)));
      }
    }
    return worst;
  }

  private int steps() throws IOException {
    float steps = dump.number("steps");
    NamedTensor losses = dump.run("losses");
    if (steps != losses.values().length || steps < 1) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "the dump says that it took %s steps, but has %d losses",
              steps,
              losses.values().length));
    }
    return (int) steps;
  }

  /** Runs the forward and backward pass of the first step. */
  private void backward(float[] weights, float[] gradients) {
    Pass pass = Pass.single(labels.length, weights, gradients);
    replica.forward(pass);
    new HeadLoss(replica, 0, labels.length).evaluate(loss, labels);
    replica.backward(pass);
  }

  private Batch batch(float[] nchw) {
    Tensor images = Tensor.images(labels.length, network.input());
    images.fromNchw(nchw);
    return new Batch(images.data(), labels);
  }

  /** Takes a step for each loss, and returns the weights that they lead to. */
  private float[] train(Batch batch, float[] losses) throws IOException {
    Optimizers.Settings settings =
        Optimizers.Settings.of(dump.number("momentum"), dump.number("weight_decay"));
    try (Trainer trainer =
        Trainer.of(network)
            .kernels(kernels)
            .weights(dump.weights(network))
            .optimizer(parameters -> Optimizers.of("sgd", settings, parameters))
            .loss(loss)
            .batchSize(labels.length)
            .virtualNodes(1)
            .threads(1)
            .build()) {
      for (int step = 0; step < losses.length; step++) {
        losses[step] = (float) trainer.step(batch, dump.number("learning_rate")).loss();
      }
      return trainer.weights().vector();
    }
  }
}
