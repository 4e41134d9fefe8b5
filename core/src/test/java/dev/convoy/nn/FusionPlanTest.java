package dev.convoy.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import dev.convoy.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which layers do which work for others, and which cannot. */
class FusionPlanTest {
  private static final Shape INPUT = new Shape(6, 5, 16);

  private static Convolution convolution() {
    return Convolution.of(16, 3, Initialization.he()).padding(1);
  }

  private static List<String> text(List<FusionPlan.Fusion> fusions) {
    return fusions.stream()
        .map(f -> f.host().name() + " does " + f.work() + " of " + f.guest().name())
        .toList();
  }

  @Test
  void convolutionsAndPoolingsDoTheWorkOfRelu() {
    Network network = Zoo.named("lenet5-modern").build();
    FusionPlan training = FusionPlan.training(network);
    List<String> forward = List.of("conv1 does ReLU of relu1", "conv2 does ReLU of relu2");
    assertEquals(forward, text(training.forward()));
    assertEquals(
        List.of("pool2 does ReLU of relu2", "pool1 does ReLU of relu1"), text(training.backward()));
    FusionPlan evaluation = FusionPlan.evaluation(network);
    assertEquals(forward, text(evaluation.forward()));
    assertEquals(List.of(), evaluation.backward());
  }

  /** A value with two readers must be complete and unchanged for both. */
  @Test
  void aValueWithTwoReadersIsNotChangedForOne() {
    NetworkBuilder graph = Network.of("net", INPUT);
    Value a = graph.add("a", convolution(), graph.input());
    Value b = graph.add("b", new BatchNormalization(true), a);
    graph.add("sum", new Addition(true), b, a);
    FusionPlan plan = FusionPlan.training(graph.build());
    assertEquals(List.of(), plan.forward());
    assertEquals(List.of(), plan.backward());
  }

  @Test
  void batchNormalizationsSumsAreTakenUnlessAShortcutNeedsACopyOfItsGradient() {
    NetworkBuilder graph = Network.of("net", INPUT);
    Value a = graph.add("a", convolution(), graph.input());
    Value b = graph.add("b", convolution(), a);
    Value own = graph.add("own", new BatchNormalization(true), b, a);
    Value c = graph.add("c", convolution(), own);
    Value d = graph.add("d", new BatchNormalization(true), c, a);
    graph.add("e", convolution(), d);
    FusionPlan plan = FusionPlan.training(graph.build());
    assertEquals(
        List.of("b does statistics of own", "c does statistics of d"), text(plan.forward()));
    // The gradient of a lies in that of d, which is the last to read it.
    assertEquals(List.of("e does gradient sums of d"), text(plan.backward()));
  }

  @Test
  void anAdditionInPlaceIsDoneWhereItsShortcutIsComplete() {
    assertEquals(List.of("b does addition, ReLU of sum"), text(addition(true)));
    assertEquals(List.of(), text(addition(false)));
  }

  private static List<FusionPlan.Fusion> addition(boolean shortcutFirst) {
    NetworkBuilder graph = Network.of("net", INPUT);
    Value early = shortcutFirst ? graph.add("early", convolution(), graph.input()) : null;
    Value b = graph.add("b", convolution(), graph.input());
    Value shortcut = shortcutFirst ? early : graph.add("late", convolution(), graph.input());
    graph.add("sum", new Addition(true, true), b, shortcut);
    return FusionPlan.evaluation(graph.build()).forward();
  }
}
