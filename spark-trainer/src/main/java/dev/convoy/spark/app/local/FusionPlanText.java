package dev.convoy.spark.app.local;

import dev.convoy.nn.FusionPlan;
import dev.convoy.spark.app.text.AlignedText;
import java.util.ArrayList;
import java.util.List;

/** Which layers do a part of another layer's work, as aligned text: a line for each. */
final class FusionPlanText {
  private final String network;
  private final FusionPlan training;
  private final FusionPlan evaluation;

  FusionPlanText(String network, FusionPlan training, FusionPlan evaluation) {
    this.network = network;
    this.training = training;
    this.evaluation = evaluation;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(section("training, forward pass", training.forward()));
    lines.add("");
    lines.addAll(section("training, backward pass", training.backward()));
    lines.add("");
    lines.addAll(section("evaluation", evaluation.forward()));
    return lines;
  }

  private List<String> section(String title, List<FusionPlan.Fusion> fusions) {
    List<String> lines = new ArrayList<>();
    lines.add(network + ", " + title + (fusions.isEmpty() ? ": nothing is fused" : ""));
    if (!fusions.isEmpty()) {
      List<List<String>> cells = new ArrayList<>();
      cells.add(List.of("layer", "also does", "of"));
      for (FusionPlan.Fusion fusion : fusions) {
        cells.add(List.of(fusion.host().name(), fusion.work(), fusion.guest().name()));
      }
      lines.addAll(AlignedText.of(cells, 3));
    }
    return lines;
  }
}
