package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.collective.Range;
import dev.convoy.collective.VirtualNodes;
import dev.convoy.data.BatchPlan;
import dev.convoy.data.Dataset;
import dev.convoy.data.Split;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.idx.IdxFormat;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.data.loader.TrainingOrder;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Which samples two epochs take, in which order, by the executors' own loaders. */
class SampleOrderTest {
  private static final int NODES = 8;
  private static final int BATCH = 160;
  private static final int IMAGES = 4_000;

  /** 4,000 images are 25 batches. */
  private static final int STEPS_OF_AN_EPOCH = IMAGES / BATCH;

  @Test
  void twoEpochsAreTheSameForOneTwoAndThreeExecutors() throws Exception {
    List<Integer> one = samples(1);
    assertEquals(one, samples(2));
    assertEquals(one, samples(3));

    List<Integer> first = one.subList(0, IMAGES);
    List<Integer> second = one.subList(IMAGES, 2 * IMAGES);
    List<Integer> all = IntStream.range(0, IMAGES).boxed().toList();
    assertEquals(all, first.stream().sorted().toList());
    assertEquals(all, second.stream().sorted().toList());
    assertNotEquals(first, second);
  }

  /** The samples of two epochs, in the order of steps and virtual nodes. */
  private static List<Integer> samples(int executors) throws Exception {
    int steps = 2 * STEPS_OF_AN_EPOCH;
    int[][] ofNodes = new int[steps * NODES][];
    VirtualNodes nodes = new VirtualNodes(NODES, executors);
    for (int rank = 0; rank < executors; rank++) {
      Range block = nodes.block(rank);
      try (Dataset images =
              new IdxFormat()
                  .open(new Configuration(), "../conf/sample/fashion-mnist", Split.TRAIN);
          BatchLoader loader = loader(images, block)) {
        for (int step = 0; step < steps; step++) {
          for (int node = block.from(); node < block.to(); node++) {
            Microbatch batch = loader.take(step, node);
            ofNodes[step * NODES + node] = Arrays.copyOf(batch.sampleIds(), batch.count());
            loader.release(batch);
          }
        }
      }
    }
    List<Integer> samples = new ArrayList<>();
    for (int[] ofNode : ofNodes) {
      Arrays.stream(ofNode).forEach(samples::add);
    }
    return samples;
  }

  private static BatchLoader loader(Dataset images, Range nodes) {
    InputPipeline pipeline =
        new InputPipeline(
            images.imageShape(),
            new Shape(28, 28, 1),
            List.of(new Normalize(new float[] {0.5f}, new float[] {0.25f})));
    BatchPlan plan = new BatchPlan(images.size(), BATCH, NODES, BatchPlan.LastBatch.DROP);
    return new BatchLoader(
        images,
        List.of(pipeline),
        new TrainingOrder(1, plan),
        nodes,
        0,
        Prefetch.DEFAULT,
        CorruptSamplePolicy.FAIL);
  }
}
