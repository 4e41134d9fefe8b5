package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Sum;
import dev.convoy.testing.Teams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final Shape SHAPE = new Shape(5, 6, 20);
  private static final int IMAGES = 4;

  private static Network network(String name, float rate) {
    return Network.of("dropout", SHAPE).add("copy", new Sum()).add(name, new Dropout(rate)).build();
  }

  /** Output and input gradient of ones. */
  private static float[][] run(Network network, int workers, long... keys) {
    Replica replica =
        Replica.trainingWithInputGradient(network, Implementations.scalar(), keys.length, workers);
    float[] ones = new float[keys.length * SHAPE.size()];
    Arrays.fill(ones, 1f);
    replica.input().fromNchw(ones);
    replica.logitsGradient().fromNchw(ones);
    Teams.run(
        workers,
        worker -> {
          Pass pass =
              new Pass(
                  worker,
                  keys.length,
                  1,
                  new float[0],
                  List.of(VirtualNodeTree.single(keys.length)),
                  List.of(new float[0]),
                  keys);
          replica.forward(pass);
          replica.backward(pass);
        });
    return new float[][] {
      replica.logits().toNchw(keys.length), replica.inputGradient().toNchw(keys.length)
    };
  }

  @Test
  void keepsAShareOfTheValuesAndScalesThemUp() {
    float[] output = run(network("drop", 0.7f), 1, 1, 2, 3, 4)[0];
    int kept = 0;
    for (float value : output) {
      assertEquals(value == 0 ? 0 : 1 / (1 - 0.7f), value);
      kept += value == 0 ? 0 : 1;
    }
    assertEquals(0.3, (double) kept / output.length, 0.03);
  }

  @Test
  void passesTheGradientThroughTheSameMask() {
    float[][] run = run(network("drop", 0.5f), 1, 1, 2, 3);
    assertArrayEquals(run[0], run[1]);
  }

  @Test
  void isAFunctionOfImageLayerAndElementOnly() {
    Network network = network("drop", 0.5f);
    float[] output = run(network, 1, 7, 8, 9)[0];
    assertArrayEquals(output, run(network, 3, 7, 8, 9)[0]);
    float[] turned = run(network, 2, 9, 7)[0];
    assertArrayEquals(image(output, 2), image(turned, 0));
    assertArrayEquals(image(output, 0), image(turned, 1));
    assertFalse(Arrays.equals(image(output, 0), image(output, 1)));
    assertFalse(Arrays.equals(output, run(network("other", 0.5f), 1, 7, 8, 9)[0]));
  }

  private static float[] image(float[] values, int n) {
    return Arrays.copyOfRange(values, n * SHAPE.size(), (n + 1) * SHAPE.size());
  }

  @Test
  void doesNothingInEvaluation() {
    Replica replica =
        Replica.evaluating(network("drop", 0.5f), Implementations.scalar(), IMAGES, 1);
    float[] values = Floats.random(1, IMAGES * SHAPE.size());
    replica.input().fromNchw(values);
    replica.forward(Pass.evaluation(Worker.single(), IMAGES, new float[0]));
    assertArrayEquals(values, replica.logits().toNchw(IMAGES));
  }

  @Test
  void aRateOfZeroKeepsAll() {
    float[] output = run(network("drop", 0f), 1, 1, 2)[0];
    for (float value : output) {
      assertEquals(1f, value);
    }
  }

  @Test
  void ratesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Dropout(1f));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(-0.1f));
    assertThrows(IllegalArgumentException.class, () -> new Dropout(Float.NaN));
  }
}
