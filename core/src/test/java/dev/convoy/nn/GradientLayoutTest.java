package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.concurrent.Worker;
import dev.convoy.kernel.Kernels;
import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Implementations;
import dev.convoy.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientLayoutTest {
  private static final int IMAGES = 2;

  /** Goes round the array as backward does, noting which float of the vector is where. */
  @Property(tries = 500)
  void everySegmentIsContiguousAndOverwritesOnlyWhatItNames(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 9) Integer> lengths,
      @ForAll @IntRange(min = 0, max = 40) int slack) {
    List<Integer> starts = new ArrayList<>();
    int end = 0;
    for (int floats : lengths) {
      starts.add(end);
      end += floats;
    }
    int longest = lengths.stream().mapToInt(i -> i).max().orElseThrow();
    GradientLayout layout = GradientLayout.ring(starts, end, Math.min(end, longest + slack));
    assertEquals(layout.length() == end, layout.isWhole());
    int[] there = new int[layout.length()];
    Arrays.fill(there, end);
    for (int s = starts.size() - 1, to = end; s >= 0; s--) {
      int from = starts.get(s);
      int lowest = end;
      for (int at = from; at < to; at++) {
        int place = layout.place(at);
        assertEquals(layout.place(from) + at - from, place);
        assertEquals(place - at, layout.shift(layout.segment(at)));
        lowest = Math.min(lowest, there[place]);
        there[place] = at;
      }
      assertEquals(lowest, layout.overwrites(from, to));
      to = from;
    }
    if (layout.isWhole()) {
      Arrays.setAll(there, i -> there[i] - i);
      assertArrayEquals(new int[end], there);
    }
  }

  @Test
  void theExampleOfTheJavadoc() {
    GradientLayout layout = GradientLayout.ring(List.of(0, 2, 5, 6), 10, 6);
    int[] places = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5};
    for (int at = 0; at < places.length; at++) {
      assertEquals(places[at], layout.place(at), "float " + at);
    }
    assertEquals(10, layout.overwrites(5, 6));
    assertEquals(7, layout.overwrites(2, 5));
    assertEquals(5, layout.overwrites(0, 2));
  }

  @Test
  void refusesASegmentThatDoesNotFitAndALayerInSeveralSegments() {
    assertEquals(
        "gradients in an array of 7 floats: the segment from 2 to 10 does not fit",
        assertThrows(
                IllegalArgumentException.class, () -> GradientLayout.ring(List.of(0, 2), 10, 7))
            .getMessage());
    Network network = Zoo.named("lenet5-modern").build();
    GradientLayout layout =
        GradientLayout.ring(List.of(0, 16), network.vectorLength(), network.vectorLength() - 16);
    Kernels kernels = Implementations.scalar();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Replica.training(network, kernels, 1, 1, layout))
            .getMessage();
    assertTrue(message.endsWith(", must lie in one segment"), message);
  }

  /** Also that layers clear the padding, where gradients of other layers may have been. */
  @ParameterizedTest
  @CsvSource({
    "lenet5, 32, 1",
    "lenet5-modern, 32, 1",
    "cifar-resnet20, 32, 3",
    "alexnet, 67, 3",
    "googlenet, 224, 3"
  })
  void theShortestLayoutGivesTheGradientsOfTheWholeOne(String name, int side, int channels) {
    Shape shape = new Shape(side, side, channels);
    Network network = Zoo.named(name).input(shape).classes(10).build();
    GradientLayout whole = GradientLayout.whole(network.vectorLength());
    GradientLayout shortest = GradientLayout.shortest(network);
    assertFalse(shortest.isWhole());
    for (Kernels kernels : Implementations.all()) {
      assertArrayEquals(
          gradients(network, kernels, whole), gradients(network, kernels, shortest), name);
    }
  }

  private static float[] gradients(Network network, Kernels kernels, GradientLayout layout) {
    Replica replica = Replica.training(network, kernels, IMAGES, 1, layout);
    replica.input().fromNchw(Floats.random(1, IMAGES * network.input().size()));
    float[] sum = new float[layout.length()];
    Arrays.fill(sum, Float.NaN);
    Pass pass = Pass.single(IMAGES, network.initialWeights(1), sum);
    replica.forward(pass);
    for (Network.Head head : network.auxiliaries()) {
      replica.logitsGradient(head).fromNchw(Floats.random(2, IMAGES * network.classes()));
    }
    replica.logitsGradient().fromNchw(Floats.random(3, IMAGES * network.classes()));
    float[] all = new float[network.vectorLength()];
    replica.backward(
        pass,
        new LayerHooks() {
          @Override
          public void afterBackward(Worker worker, int from, int to) {
            System.arraycopy(sum, layout.place(from), all, from, to - from);
          }
        });
    for (Parameter parameter : network.parameters()) {
      float[] packed = all.clone();
      parameter.pack(parameter.unpack(all), packed);
      assertArrayEquals(packed, all, () -> "the padding of " + parameter);
    }
    return all;
  }
}
