package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.VirtualNodeTree;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.testing.Sum;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that overlap and differ in size. */
class AdaptiveAveragePoolingTest {
  private static final int IMAGES = 3;

  @ParameterizedTest
  @CsvSource({"14, 14, 3, 4", "7, 5, 17, 2", "3, 3, 2, 3", "5, 4, 2, 1", "2, 3, 3, 5"})
  void isTheMeanOfEachWindow(int height, int width, int channels, int side) {
    Network network = network(new Shape(height, width, channels), side);
    new LayerCheck(network, formula(network.input(), side)).run();
  }

  @Test
  void theWindowsOfGoogLeNetsHeadsAreTorchs() {
    float[] column = new float[14 * 14];
    for (int i = 0; i < column.length; i++) {
      column[i] = i % 14;
    }
    Network network = network(new Shape(14, 14, 1), 4);
    Replica replica = Replica.evaluating(network, Implementations.all().get(0), 1, 1);
    replica.input().fromNchw(column);
    replica.forward(Pass.evaluation(Worker.single(), 1, new float[0]));
    // Means of 0 to 3, 3 to 6, 7 to 10 and 10 to 13.
    float[] first = new float[4];
    System.arraycopy(replica.logits().toNchw(1), 0, first, 0, 4);
    assertArrayEquals(new float[] {1.5f, 4.5f, 8.5f, 11.5f}, first);
  }

  @Test
  void anyNumberOfWorkersGivesTheSameBits() throws Exception {
    float[] alone = run(1);
    for (int workers = 2; workers < 5; workers++) {
      assertArrayEquals(alone, run(workers));
    }
    assertEquals(IMAGES * 5 * 6 * 2, alone.length);
  }

  private static float[] run(int workers) throws Exception {
    Network network = network(new Shape(5, 6, 2), 4);
    Replica replica =
        Replica.trainingWithInputGradient(network, Implementations.all().get(0), IMAGES, workers);
    replica.input().fromNchw(Floats.random(1, IMAGES * network.input().size()));
    replica.logitsGradient().fromNchw(Floats.random(2, IMAGES * network.classes()));
    try (ThreadTeam team = new ThreadTeam(workers)) {
      team.run(
          worker -> {
            Pass pass =
                new Pass(
                    worker,
                    IMAGES,
                    1,
                    new float[0],
                    List.of(VirtualNodeTree.single(IMAGES)),
                    List.of(new float[0]),
                    new long[IMAGES]);
            replica.forward(pass);
            replica.backward(pass);
          });
    }
    return replica.inputGradient().toNchw(IMAGES);
  }

  private static Network network(Shape input, int side) {
    return Network.of("adaptive", input)
        .add("copy", new Sum())
        .add("pool", new AdaptiveAveragePooling(side))
        .build();
  }

  private static DoubleLayer formula(Shape input, int side) {
    return (values, parameters) -> {
      double[] output = new double[input.channels() * side * side];
      for (int i = 0; i < output.length; i++) {
        int c = i / (side * side);
        int top = i / side % side * input.height() / side;
        int bottom = (int) Math.ceil((i / side % side + 1) * (double) input.height() / side);
        int left = i % side * input.width() / side;
        int right = (int) Math.ceil((i % side + 1) * (double) input.width() / side);
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            output[i] += values[(c * input.height() + y) * input.width() + x];
          }
        }
        output[i] /= (bottom - top) * (right - left);
      }
      return output;
    };
  }
}
