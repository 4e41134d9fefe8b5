package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.Sum;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions whose outputs see a part of the input only, and convolutions without a bias. */
class GroupedConvolutionTest {
  private static final Initialization ANY = inputs -> Initializer.uniform(0.5);

  @ParameterizedTest
  @CsvSource({"2, 3, 32, 32, 3, 1, 1, 2", "3, 2, 32, 32, 3, 2, 1, 2", "1, 2, 48, 96, 1, 1, 0, 3"})
  void groupsAreConvolutionsOfTheirOwn(
      int height, int width, int inputs, int outputs, int kernel, int stride, int pad, int groups) {
    Shape input = new Shape(height, width, inputs);
    Convolution layer =
        Convolution.of(outputs, kernel, ANY).stride(stride).padding(pad).groups(groups);
    Shape part = new Shape(height, width, inputs / groups);
    DoubleLayer ofOne = DoubleLayer.convolution(part, outputs / groups, kernel, stride, pad, null);
    check(input, layer, (values, parameters) -> joined(ofOne, groups, values, parameters));
  }

  @ParameterizedTest
  @CsvSource({"4, 5, 3, 6, 3, 1", "5, 4, 2, 17, 1, 2", "6, 6, 1, 2, 5, 1"})
  void withoutABiasThereIsNone(
      int height, int width, int inputs, int outputs, int kernel, int stride) {
    Shape input = new Shape(height, width, inputs);
    Convolution layer = Convolution.of(outputs, kernel, ANY).stride(stride).withoutBias();
    DoubleLayer biased = DoubleLayer.convolution(input, outputs, kernel, stride, 0, null);
    double[] none = new double[outputs];
    check(
        input,
        layer,
        (values, parameters) -> biased.forward(values, List.of(parameters.get(0), none)));
    assertEquals(1, layer.parameters(List.of(input)).size());
  }

  @Test
  void aGroupsFilterSeesItsPartOnly() {
    Network network =
        Network.of("grouped", new Shape(27, 27, 96))
            .add("conv", Convolution.of(256, 5, ANY).padding(2).groups(2))
            .build();
    assertEquals(256 * 48 * 25 + 256, network.trainable());
    assertEquals(27 * 27 * 256 * 48 * 25L, network.multiplyAdds());
    assertEquals("[256, 48, 5, 5]", Arrays.toString(network.parameters().get(0).shape()));
  }

  @Test
  void groupsThatAreNotWholeVectorsAreRefused() {
    NetworkBuilder builder = Network.of("grouped", new Shape(5, 5, 24));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.add("conv", Convolution.of(32, 3, ANY).groups(2)));
  }

  /** Outputs of all groups, one after another. */
  private static double[] joined(
      DoubleLayer ofOne, int groups, double[] values, List<double[]> parameters) {
    double[] all = new double[0];
    for (int group = 0; group < groups; group++) {
      double[] output =
          ofOne.forward(
              part(values, group, groups),
              List.of(
                  part(parameters.get(0), group, groups), part(parameters.get(1), group, groups)));
      int before = all.length;
      all = Arrays.copyOf(all, before + output.length);
      System.arraycopy(output, 0, all, before, output.length);
    }
    return all;
  }

  private static double[] part(double[] values, int number, int count) {
    int length = values.length / count;
    return Arrays.copyOfRange(values, number * length, (number + 1) * length);
  }

  private static void check(Shape input, Convolution layer, DoubleLayer formula) {
    Network inside =
        Network.of("inside, " + layer, input).add("copy", new Sum()).add("layer", layer).build();
    Network first = Network.of("first, " + layer, input).add("layer", layer).build();
    new LayerCheck(inside, formula).run();
    new LayerCheck(first, formula).run();
  }
}
