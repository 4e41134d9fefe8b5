package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.collective.Range;
import dev.convoy.concurrent.ThreadTeam;
import dev.convoy.data.Dataset;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Sample;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.EvaluationOrder;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.kernel.Kernels;
import dev.convoy.loss.Loss;
import dev.convoy.loss.Losses;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.DataConfig;
import dev.convoy.tensor.Shape;
import dev.convoy.train.Score;
import dev.convoy.zoo.Zoo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The evaluation sees the images that the dataset holds, and nothing else. */
class DatasetEvaluatorTest {
  private static final int SAMPLES = 7;
  private static final int CLASSES = 10;

  private final Network network = Zoo.named("lenet5-modern").classes(CLASSES).build();
  private final Kernels kernels = KernelChoice.of("vector").kernels();
  private final Loss loss = Losses.of("softmax-cross-entropy", Losses.Settings.ofConstant(0));
  private final Shape shape = network.input();
  private final InputPipeline pipeline = new InputPipeline(ImageShape.of(shape), shape, List.of());
  private final float[] weights = network.initialWeights(1);

  @Test
  void hasTheLossOfTheNetworkOnTheDatasetsImages() throws Exception {
    float[] pixels = new float[SAMPLES * shape.size()];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < pixels.length; i++) {
      // Images of one channel: HWC is torch's CHW too.
      pixels[i] = Byte.toUnsignedInt(pixel(i / shape.size(), i % shape.size()));
    }
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = label(i);
    }
    try (ThreadTeam team = new ThreadTeam(2);
        Images images = new Images()) {
      Replica replica = Replica.evaluating(network, kernels, SAMPLES, team.count());
      replica.input().fromNchw(pixels);
      team.run(worker -> replica.forward(Pass.evaluation(worker, SAMPLES, weights)));
      float expected = loss.evaluate(SAMPLES, replica.logits(), labels, null);

      EvaluationOrder order = new EvaluationOrder(SAMPLES, 3, 2);
      Range nodes = new Range(0, 2);
      DataConfig data =
          ConvoyConfig.load(ConvoyConfig.BUILTIN, List.of("network.name=none", "data.train=none"))
              .data();
      DatasetEvaluator once =
          new DatasetEvaluator(
              order,
              nodes,
              network,
              kernels,
              team,
              loss,
              images,
              List.of(pipeline),
              data,
              CorruptSamplePolicy.FAIL);
      Score score = once.evaluate(weights).total();
      assertEquals(SAMPLES, score.images());
      assertEquals(expected, score.loss(), 1e-5 * expected);

      // The mean of crops that are all alike is what each of them says.
      DatasetEvaluator thrice =
          new DatasetEvaluator(
              order,
              nodes,
              network,
              kernels,
              team,
              loss,
              images,
              List.of(pipeline, pipeline, pipeline),
              data,
              CorruptSamplePolicy.FAIL);
      Score mean = thrice.evaluate(weights).total();
      assertEquals(SAMPLES, mean.images());
      assertEquals(expected, mean.loss(), 1e-5 * expected);
      assertEquals(score.top1(), mean.top1());
    }
  }

  private static byte pixel(int sample, int i) {
    return (byte) (37 * sample + i * i / 11);
  }

  private static int label(int sample) {
    return 3 * sample % CLASSES;
  }

  private final class Images implements Dataset {
    @Override
    public int size() {
      return SAMPLES;
    }

    @Override
    public List<String> classNames() {
      return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    }

    @Override
    public ImageShape imageShape() {
      return ImageShape.of(shape);
    }

    @Override
    public void read(int index, Sample into) {
      byte[] bytes =
          into.begin(index, label(index), shape.height(), shape.width(), shape.channels());
      for (int i = 0; i < shape.size(); i++) {
        bytes[i] = pixel(index, i);
      }
    }

    @Override
    public String fingerprint() {
      return "";
    }

    @Override
    public void close() {}
  }
}
