package dev.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.nn.Network;
import dev.convoy.weights.NamedTensor;
import dev.convoy.zoo.Zoo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@link TrainerBuilder#freeze}. */
class FrozenLayersTest {
  private static final Network LENET = Zoo.named("lenet5-modern").build();

  @Test
  void onlyTheOtherLayersAreTrained() {
    float[] images = new float[8 * LENET.input().size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % 17 / 17f;
    }
    Map<String, float[]> before = tensors(Weights.initial(LENET, 1));
    Map<String, float[]> after;
    try (Trainer trainer =
        Trainer.of(LENET).batchSize(8).threads(1).freeze(List.of("conv1", "fc1")).build()) {
      trainer.step(new Batch(images, new int[] {0, 1, 2, 3, 4, 5, 6, 7}), 0.1f);
      after = tensors(trainer.weights());
    }
    for (String frozen : List.of("conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias")) {
      assertArrayEquals(before.get(frozen), after.get(frozen), frozen);
    }
    assertEquals(
        List.of("conv2.bias", "conv2.weight", "fc2.bias", "fc2.weight", "fc3.bias", "fc3.weight"),
        after.keySet().stream()
            .filter(name -> !Arrays.equals(before.get(name), after.get(name)))
            .sorted()
            .toList());
  }

  @Test
  void aLayerThatDoesNotExistIsNamed() {
    TrainerBuilder trainer = Trainer.of(LENET).batchSize(8).freeze(List.of("conv3"));
    assertEquals(
        "lenet5-modern has no layer conv3 that could be frozen; layers with parameters are"
            + " conv1, conv2, fc1, fc2, fc3",
        assertThrows(IllegalArgumentException.class, trainer::build).getMessage());
  }

  private static Map<String, float[]> tensors(Weights weights) {
    return weights.tensors().stream()
        .collect(Collectors.toMap(NamedTensor::name, NamedTensor::values, (a, b) -> a));
  }
}
