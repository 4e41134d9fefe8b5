package com.example;

import dev.convoy.nn.Network;
import dev.convoy.optim.Sgd;
import dev.convoy.train.Batch;
import dev.convoy.train.Score;
import dev.convoy.train.Trainer;
import dev.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;

/** Trains LeNet-5 on a folder of IDX files (MNIST's format) and saves the weights. */
public final class TrainLeNet5 {
  private TrainLeNet5() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path file = Path.of(arguments[1]);
    Digits training = Digits.read(folder, "train");
    Batch test = Digits.read(folder, "t10k").all();

    Network network = Zoo.named("lenet5-modern").build();
    try (Trainer trainer =
        Trainer.of(network).optimizer(Sgd.of(0.9, 5e-4)).batchSize(64).seed(1).build()) {
      for (int step = 0; step < 200; step++) {
        trainer.step(training.batch(step, 64), 0.05f); // images NHWC, labels from 0
      }
      Score score = trainer.evaluate(test);
      System.out.println("top-1 " + score.top1() + ", loss " + score.loss());
      trainer.weights().save(file);
    }
  }
}
