package dev.convoy.spark.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.convoy.kernel.Kernels;
import dev.convoy.nn.MemoryTable;

/** The measurement of a network as one line of JSON, with the keys of PyTorch's bench. */
public final class BenchResult {
  private static final double GIGA = 1e9;
  private static final double MEGA = 1e6;

  private BenchResult() {}

  /**
   * Returns the line of a training.
   *
   * @param version of Convoy
   */
  public static String json(BenchPlan plan, Measurement measured, String version, Kernels kernels)
      throws JsonProcessingException {
    double macs = (double) plan.network().multiplyAdds();
    Timing timing = measured.timing();
    // A multiply-add is two operations; a training step costs about three forward passes.
    return begin("training", plan, version, kernels)
        .put("images_per_s", timing.perSecond(plan.batch()))
        .put("gmacs_per_image", macs / GIGA)
        .put("train_gflops_per_s", timing.perSecond(6 * macs * plan.batch() / GIGA))
        .put("step_ms", timing.millis())
        .put("part_ms", measured.partMillis())
        .put("last_loss", measured.lastLoss())
        .put("peak_memory_mb", ProcessMemory.peakMegabytes())
        .put("plan_mb", plan(plan, kernels) / MEGA)
        .put("other_cores", timing.otherCores())
        .json();
  }

  /**
   * Returns the line of forward passes alone.
   *
   * @param version of Convoy
   */
  static String inference(BenchPlan plan, Timing timing, String version, Kernels kernels)
      throws JsonProcessingException {
    double macs = (double) plan.network().multiplyAddsOfInference();
    return begin("inference", plan, version, kernels)
        .put("images_per_s", timing.perSecond(plan.batch()))
        .put("gmacs_per_image", macs / GIGA)
        .put("gflops_per_s", timing.perSecond(2 * macs * plan.batch() / GIGA))
        .put("step_ms", timing.millis())
        .put("peak_memory_mb", ProcessMemory.peakMegabytes())
        .put("other_cores", timing.otherCores())
        .json();
  }

  private static double plan(BenchPlan plan, Kernels kernels) {
    return MemoryTable.of(plan.network(), kernels, plan.batch(), plan.threads()).total();
  }

  private static ResultLine begin(String mode, BenchPlan plan, String version, Kernels kernels) {
    return new ResultLine(version)
        .put("mode", mode)
        .put("net", plan.network().name())
        .put("params", plan.network().trainable())
        .put("batch", plan.batch())
        .put("virtual_nodes", plan.virtualNodes())
        .ranBy(kernels, plan.threads());
  }
}
