package dev.convoy.spark.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Single convolutions, timed. */
class LayersBenchTest {
  private static final Kernels KERNELS = KernelChoice.of("vector", true).kernels();

  @Test
  void everyPassOfASmallLayerHasARate() throws Exception {
    LayerShape shape = shape("3x3 256->256 14");
    BenchPlan.Size size = new BenchPlan.Size(2, 2, 2);
    try (ThreadTeam team = new ThreadTeam(2)) {
      for (ConvolutionAlgorithm algorithm : LayersBench.algorithms(shape, KERNELS)) {
        Map<String, Map<String, Double>> rates =
            new LayerBench(shape, algorithm, KERNELS, size, team).run(Span.of(0), Span.of(1));
        for (String pass : new String[] {"forward", "backward_data", "backward_weights"}) {
          assertTrue(rates.get(pass).get("median") > 0, algorithm + " " + pass);
        }
      }
    }
  }

  @Test
  void winogradIsTimedWhereItFitsAndIsAllowed() {
    Kernels direct = KernelChoice.of("vector", false).kernels();
    assertEquals(2, LayersBench.algorithms(shape("3x3 512->512 28"), KERNELS).size());
    assertEquals(1, LayersBench.algorithms(shape("3x3 512->512 28"), direct).size());
    assertEquals(1, LayersBench.algorithms(shape("1x1 256->64 56"), KERNELS).size());
    assertEquals(1, LayersBench.algorithms(shape("7x7/2 3->64 224"), KERNELS).size());
  }

  @Test
  void workIsThatOfDirectArithmetic() {
    assertEquals(14L * 14 * 256 * 256 * 9, shape("3x3 256->256 14").multiplyAdds());
    assertEquals(27L * 27 * 256 * 48 * 25, shape("5x5 96->256 27 groups 2").multiplyAdds());
    assertEquals(112L * 112 * 64 * 3 * 49, shape("7x7/2 3->64 224").multiplyAdds());
  }

  private static LayerShape shape(String name) {
    return LayerShape.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
