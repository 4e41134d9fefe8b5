package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.BatchPlan;
import dev.convoy.data.ImageShape;
import dev.convoy.nn.MemoryTable;
import dev.convoy.nn.Network;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes for ImageNet make plans, and the learning rates that their papers print. */
class RecipesTest {
  private static final Path FOLDER = Path.of("../conf/imagenet");
  private static final int TRAINING = 1_281_167;
  private static final int VALIDATION = 50_000;

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.endsWith("data.conf")).sorted().toList();
    }
  }

  private static RunPlan plan(Path recipe) {
    ConvoyConfig config = ConvoyConfig.load(recipe.toString(), List.of("data.train=/t"));
    Network network = RunPlan.network(config);
    int nodes = config.train().virtualNodes();
    return new RunPlan(
        config,
        network,
        List.of(),
        new BatchPlan(TRAINING, config.train().batchSize(), nodes, BatchPlan.LastBatch.DROP),
        RunPlan.evaluationOrder(config, VALIDATION, network, 1));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeIsAPlan(Path recipe) {
    RunPlan plan = plan(recipe);
    assertEquals(1000, plan.network().classes());
    assertEquals("softmax-cross-entropy", plan.loss().name());
    assertEquals("sgd", plan.optimizer().name());
    assertTrue(plan.schedule().rate(plan.steps() - 1) > 0);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeValidatesInSoFewImagesAtATimeThatTheyFit(Path recipe) {
    RunPlan plan = plan(recipe);
    int images = plan.evaluation().microbatchSize();
    assertTrue(images >= 4 && images < 250, plan.evaluation()::toString);
    assertTrue(MemoryTable.evaluationValues(plan.network(), images) <= 256 << 20);
    assertTrue(MemoryTable.evaluationValues(plan.network(), images + 1) > 256 << 20);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeCutsPhotographsOfAnySizeToTheNetworksInput(Path recipe) {
    RunPlan plan = plan(recipe);
    DataConfig data = plan.config().data();
    ImageShape photographs = ImageShape.ofAnySize(3);
    for (List<String> lines : List.of(data.augment().train(), data.augment().validation())) {
      Shape output = InputPipelines.of(data, photographs, plan.network(), lines).output();
      assertEquals(plan.network().input(), output);
    }
    String crops = plan.config().evaluate().crops();
    int views = InputPipelines.crops(data, crops, photographs, plan.network()).size();
    assertEquals(crops.equals("ten") ? 10 : 1, views);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeSaysWhatItCosts(Path recipe) throws IOException {
    assertTrue(Files.readString(recipe).contains(" core-hours "), recipe.toString());
  }

  /** Goyal et al. 2017, section 5.1. */
  @Test
  void largeBatchesWarmUpTo3Point2AndFallThreeTimes() {
    RunPlan plan = plan(FOLDER.resolve("resnet50-large-batch.conf"));
    int epoch = plan.stepsPerEpoch();
    assertEquals(156, epoch);
    assertTrue(plan.schedule().rate(0) < 0.01f);
    assertEquals(3.2f, plan.schedule().rate(5L * epoch), 1e-6f);
    assertEquals(3.2f, plan.schedule().rate(30L * epoch - 1), 1e-6f);
    assertEquals(0.32f, plan.schedule().rate(30L * epoch), 1e-6f);
    assertEquals(0.032f, plan.schedule().rate(60L * epoch), 1e-6f);
    assertEquals(0.0032f, plan.schedule().rate(80L * epoch), 1e-6f);
  }
}
