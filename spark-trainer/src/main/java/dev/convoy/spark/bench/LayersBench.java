package dev.convoy.spark.bench;

import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.kernel.ConvolutionAlgorithm;
import dev.convoy.kernel.Kernels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Times single convolutions, by each algorithm that fits, beside the machine's peak. */
public final class LayersBench {
  private LayersBench() {}

  /** Gives a line of JSON for each convolution and algorithm. */
  public static void run(
      Kernels kernels,
      BenchPlan.Size size,
      Span warmUp,
      Span timed,
      String version,
      Consumer<String> out)
      throws Exception {
    double peak =
        PeakBench.run(kernels, size.threads(), warmUp, timed)
            .perSecond(PeakBench.gigaOperations(kernels, size.threads()))
            .get("max");
    try (ThreadTeam team = new ThreadTeam(size.threads())) {
      for (LayerShape shape : LayerShape.ALL) {
        for (ConvolutionAlgorithm algorithm : algorithms(shape, kernels)) {
          CpuTime begin = CpuTime.now();
          Map<String, Map<String, Double>> passes =
              new LayerBench(shape, algorithm, kernels, size, team).run(warmUp, timed);
          ResultLine line =
              new ResultLine(version)
                  .ranBy(kernels, size.threads())
                  .put("unit", "GFLOP/s")
                  .put("layer", shape.name())
                  .put("algorithm", algorithm.name().toLowerCase(Locale.ROOT))
                  .put("batch", size.batch())
                  .put("virtual_nodes", size.virtualNodes());
          passes.forEach(line::put);
          line.put("peak", peak).put("share_of_peak", shares(passes, peak));
          out.accept(line.put("other_cores", CpuTime.now().othersSince(begin)).json());
        }
      }
    }
  }

  static List<ConvolutionAlgorithm> algorithms(LayerShape shape, Kernels kernels) {
    List<ConvolutionAlgorithm> algorithms = new ArrayList<>(List.of(ConvolutionAlgorithm.DIRECT));
    if (ConvolutionAlgorithm.of(shape.geometry(), kernels.winograd())
        == ConvolutionAlgorithm.WINOGRAD) {
      algorithms.add(ConvolutionAlgorithm.WINOGRAD);
    }
    return algorithms;
  }

  private static Map<String, Double> shares(Map<String, Map<String, Double>> passes, double peak) {
    Map<String, Double> shares = new LinkedHashMap<>();
    passes.forEach((pass, rates) -> shares.put(pass, rates.get("median") / peak));
    return shares;
  }
}
