package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.Shape;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Sum;
import dev.convoy.weights.NamedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Running statistics among a network's tensors. */
class StateDictTest {
  private static final Network NETWORK =
      Network.of("bn", new Shape(2, 2, 3))
          .add("copy", new Sum())
          .add("bn", new BatchNormalization(false))
          .build();

  private static List<NamedTensor> tensors() {
    float[] vector = new float[NETWORK.vectorLength()];
    for (Parameter parameter : NETWORK.parameters()) {
      parameter.pack(Floats.random(parameter.at(), parameter.count()), vector);
    }
    return StateDict.of(NETWORK, vector);
  }

  @Test
  void statisticsAreTensorsLikeAllOthers() {
    List<NamedTensor> tensors = tensors();
    assertEquals(
        List.of("bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"),
        tensors.stream().map(NamedTensor::name).toList());
    assertEquals(tensors, StateDict.of(NETWORK, StateDict.load(NETWORK, tensors, "file")));
    assertEquals(tensors, StateDict.of(NETWORK, StateDict.loadTrained(NETWORK, tensors, "file")));
  }

  @Test
  void theFirstTensorWithAValueThatIsNotFiniteIsNamed() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (Parameter parameter : NETWORK.parameters()) {
        float[] vector = NETWORK.initialWeights(1);
        assertEquals(Optional.empty(), StateDict.firstNotFinite(NETWORK, vector));
        vector[parameter.at() + parameter.count() - 1] = bad;
        assertEquals(Optional.of(parameter.name()), StateDict.firstNotFinite(NETWORK, vector));
      }
    }
  }

  @Test
  void beforeTheFirstStepTheyMayBeMissing() {
    List<NamedTensor> trained = tensors().subList(0, 2);
    List<NamedTensor> loaded =
        StateDict.of(NETWORK, StateDict.loadTrained(NETWORK, trained, "file"));
    assertEquals(trained, loaded.subList(0, 2));
    assertArrayEquals(new float[] {0, 0, 0}, loaded.get(2).values());
    assertArrayEquals(new float[] {1, 1, 1}, loaded.get(3).values());
  }

  @Test
  void afterwardsTheyMayNot() {
    List<NamedTensor> trained = tensors().subList(0, 2);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> StateDict.load(NETWORK, trained, "file"));
    assertTrue(e.getMessage().contains("it lacks bn.running_mean, bn.running_var"), e.toString());
  }

  @Test
  void whatIsThereInPlaceOfTheMissingIsNamed() {
    List<NamedTensor> renamed =
        tensors().stream()
            .map(t -> new NamedTensor("enc." + t.name(), t.shape(), t.values()))
            .toList();
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> StateDict.load(NETWORK, renamed, "file"));
    assertTrue(
        e.getMessage()
            .contains(
                "bn.weight; in their place it has enc.bn.bias, enc.bn.running_mean,"
                    + " enc.bn.running_var, enc.bn.weight"),
        e.toString());
  }

  private static Network classifier(int classes) {
    return Network.of("small", new Shape(2, 2, 3))
        .add("hidden", new FullyConnected(5, Initialization.torch()))
        .add("fc", new FullyConnected(classes, Initialization.torch()))
        .build();
  }

  private static List<NamedTensor> trained(Network network) {
    return StateDict.of(network, network.initialWeights(9));
  }

  @Test
  void forAsManyClassesAllTensorsAreTaken() {
    Network network = classifier(4);
    StateDict.Start start = StateDict.loadForTuning(network, 1, trained(network), false, "file");
    assertEquals(List.of(), start.anew());
    assertEquals(trained(network), StateDict.of(network, start.vector()));
  }

  @Test
  void forOtherClassesTheLastLayerBeginsAnew() {
    Network network = classifier(4);
    StateDict.Start start =
        StateDict.loadForTuning(network, 1, trained(classifier(7)), false, "file");
    assertEquals(List.of("fc.weight", "fc.bias"), start.anew());
    List<NamedTensor> loaded = StateDict.of(network, start.vector());
    assertEquals(trained(network).subList(0, 2), loaded.subList(0, 2));
    assertEquals(
        StateDict.of(network, network.initialWeights(1)).subList(2, 4), loaded.subList(2, 4));
  }

  @Test
  void theLastLayerBeginsAnewForAsManyClassesIfTheyAreOthers() {
    Network network = classifier(4);
    StateDict.Start start = StateDict.loadForTuning(network, 1, trained(network), true, "file");
    assertEquals(List.of("fc.weight", "fc.bias"), start.anew());
    assertEquals(
        StateDict.of(network, network.initialWeights(1)).subList(2, 4),
        StateDict.of(network, start.vector()).subList(2, 4));
  }

  @Test
  void onlyThatLayerMayDiffer() {
    Network network = classifier(4);
    List<NamedTensor> tensors = new ArrayList<>(trained(classifier(7)));
    tensors.set(0, new NamedTensor("hidden.weight", new int[] {6, 12}, new float[72]));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> StateDict.loadForTuning(network, 1, tensors, false, "file"));
    assertEquals(
        "file: hidden.weight has the shape [6, 12], but small needs [5, 12]", e.getMessage());
  }
}
