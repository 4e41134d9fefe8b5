package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Range;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.Split;
import dev.convoy.data.augment.Image;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.data.encode.JpegEncoder;
import dev.convoy.data.encode.PngEncoder;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.data.loader.BatchLoader;
import dev.convoy.data.loader.CorruptSamplePolicy;
import dev.convoy.data.loader.Microbatch;
import dev.convoy.data.loader.Prefetch;
import dev.convoy.data.loader.SampleOrder;
import dev.convoy.data.loader.TrainingOrder;
import dev.convoy.data.prepare.Preparation;
import dev.convoy.data.prepare.PrepareOptions;
import dev.convoy.data.prepare.PrepareTask;
import dev.convoy.data.prepare.TaskRunner;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.predict.TrainedNetwork;
import dev.convoy.spark.storage.WeightsMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Training, validation and {@code predict} see the same pixels of an image, bit for bit: the first
 * two by way of prepared shards and the loader, the last from the file and what the weights say.
 */
class SamePixelsTest {
  private static final int CLASSES = 2;
  private static final int IMAGES_OF_A_CLASS = 4;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}x{1}x{2} {3} by {4} to {5}")
  @CsvSource({
    "28, 28, 1, png,  '',                            32x32x1", // padded
    "32, 32, 1, png,  '',                            32x32x1",
    "28, 20, 1, png,  '',                            32x32x3", // padded, and its channel repeated
    "40, 36, 1, png,  centre-crop,                   32x32x1", // cropped
    "40, 36, 1, png,  centre-crop,                   32x32x3",
    "28, 30, 3, png,  '',                            32x32x3",
    "40, 48, 3, png,  centre-crop,                   32x32x3",
    "40, 48, 3, jpeg, centre-crop,                   32x32x3",
    "0,  0,  3, jpeg, centre-crop,                   32x32x3", // only the crop is decoded
    "0,  0,  3, jpeg, 'short-side 40;centre-crop',   32x32x3",
    "0,  0,  1, jpeg, 'short-side 34;centre-crop',   32x32x3"
  })
  void ofEveryImage(int height, int width, int channels, String format, String steps, String input)
      throws Exception {
    write(height, width, channels, format);
    Path shards = prepare();
    ConvoyConfig config = config(shards, steps, input, channels);
    try (RunData data = RunData.open(config.data(), new Configuration())) {
      RunPlan plan = RunPlan.of(config, data);
      List<float[]> trained =
          inputs(data, data.trainingPipeline(plan.network()), new TrainingOrder(1, plan.batches()));
      List<float[]> validated =
          inputs(
              data,
              RunData.validationPipeline(config.data(), data.training(), plan.network()),
              plan.evaluation());
      List<float[]> predicted = predicted(plan, data, channels);
      int images = CLASSES * IMAGES_OF_A_CLASS;
      assertEquals(images, predicted.size());
      for (int id = 0; id < images; id++) {
        assertSameBits(predicted.get(id), trained.get(id));
        assertSameBits(predicted.get(id), validated.get(id));
      }
      // An image of one colour would look the same however it was cut.
      assertTrue(Arrays.stream(bits(predicted.get(0))).distinct().count() > 50);
    }
  }

  private static void assertSameBits(float[] expected, float[] actual) {
    assertArrayEquals(bits(expected), bits(actual));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }

  /** Images of noise; those of any size have sides from 40 to 79. */
  private void write(int height, int width, int channels, String format) throws IOException {
    Random random = new Random(1);
    for (String split : List.of("train", "val")) {
      for (int i = 0; i < CLASSES * IMAGES_OF_A_CLASS; i++) {
        Pixels pixels = new Pixels();
        int rows = height == 0 ? 40 + random.nextInt(40) : height;
        int columns = width == 0 ? 40 + random.nextInt(40) : width;
        random.nextBytes(pixels.begin(rows, columns, channels));
        byte[] file =
            format.equals("png") ? PngEncoder.encode(pixels) : JpegEncoder.encode(pixels, 90);
        Files.write(files(split, i / IMAGES_OF_A_CLASS).resolve(i + "." + format), file);
      }
    }
  }

  private Path files(String split, int label) throws IOException {
    return Files.createDirectories(folder.resolve("files/" + split + "/class" + label));
  }

  private Path prepare() throws IOException {
    Path shards = folder.resolve("shards");
    PrepareOptions options =
        new PrepareOptions(
            "folder",
            folder.resolve("files").toString(),
            shards.toString(),
            1,
            0,
            95,
            0,
            OnCorrupt.FAIL,
            DecodeOptions.DEFAULT,
            SourceOptions.DEFAULT);
    new Preparation(options, new Configuration(), false).run(new InProcess(), false, SILENT);
    return shards;
  }

  private static final class InProcess implements TaskRunner {
    @Override
    public <R> List<R> run(List<? extends PrepareTask<R>> tasks) throws IOException {
      List<R> results = new ArrayList<>();
      for (PrepareTask<R> task : tasks) {
        try {
          results.add(task.run(new Configuration(), images -> {}));
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
      return results;
    }
  }

  private static final Preparation.Listener SILENT =
      new Preparation.Listener() {
        @Override
        public void begins(boolean continued, int parts) {}

        @Override
        public void writes(Split split, int images, int shards) {}
      };

  private static ConvoyConfig config(Path shards, String steps, String input, int channels) {
    String lines = steps.isEmpty() ? "[]" : "[\"" + steps.replace(";", "\", \"") + "\"]";
    String normalize =
        channels == 1
            ? "{ mean = [0.286], std = [0.353] }"
            : "{ mean = [0.485, 0.456, 0.406], std = [0.229, 0.224, 0.225] }";
    return ConvoyConfig.load(
        "../conf/lenet5-fashion-mnist.conf",
        List.of(
            "network.classes=" + CLASSES,
            "network.input=" + input,
            "data.format=shards",
            "data.train=" + shards,
            "data.class-names=[]",
            "data.normalize=" + normalize,
            "data.augment.train=" + lines,
            "data.augment.validation=" + lines,
            "train.batch-size=8",
            "train.virtual-nodes=2"));
  }

  /** The inputs that a loader makes, in the order of the samples. */
  private static List<float[]> inputs(RunData data, InputPipeline pipeline, SampleOrder order)
      throws Exception {
    float[][] inputs = new float[CLASSES * IMAGES_OF_A_CLASS][];
    try (BatchLoader loader =
        new BatchLoader(
            data.training(),
            List.of(pipeline),
            order,
            new Range(0, 2),
            0,
            Prefetch.DEFAULT,
            CorruptSamplePolicy.FAIL)) {
      for (int node = 0; node < 2; node++) {
        Microbatch batch = loader.take(0, node);
        int size = batch.shape().size();
        for (int i = 0; i < batch.count(); i++) {
          inputs[batch.sampleIds()[i]] =
              Arrays.copyOfRange(batch.pixels(), i * size, (i + 1) * size);
        }
        loader.release(batch);
      }
    }
    return List.of(inputs);
  }

  /** What the trained network is given of the files, in the order of the samples. */
  private List<float[]> predicted(RunPlan plan, RunData data, int channels) throws IOException {
    TrainedNetwork trained =
        new TrainedNetwork(
            plan.network(),
            plan.network().initialWeights(1),
            plan.loss(),
            data.classNames(),
            WeightsMetadata.of(FinalWeights.metadata(plan, data), "weights"));
    InputPipeline pipeline = trained.pipeline();
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    List<float[]> inputs = new ArrayList<>();
    for (int label = 0; label < CLASSES; label++) {
      List<Path> files;
      try (var list = Files.list(files("train", label))) {
        files = list.sorted().toList();
      }
      for (Path path : files) {
        byte[] file = Files.readAllBytes(path);
        ImageHeader header = decoder.open(file, file.length, path.toString());
        Pixels pixels = new Pixels();
        decoder.decode(channels, Region.whole(header.height(), header.width()), pixels);
        float[] input = new float[plan.network().input().size()];
        pipeline.apply(0, 0, pixels, new Image(), input, 0);
        inputs.add(input);
      }
    }
    return inputs;
  }
}
