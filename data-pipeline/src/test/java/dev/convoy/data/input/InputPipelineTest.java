package dev.convoy.data.input;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Pixels;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.Image;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.augment.Pad;
import dev.convoy.data.augment.RandomHorizontalFlip;
import dev.convoy.data.augment.RepeatChannel;
import dev.convoy.random.CounterRandom;
import dev.convoy.tensor.Shape;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputPipelineTest {
  private static final Shape TWO_BY_TWO = new Shape(2, 2, 1);
  private static final ImageShape STORED = ImageShape.of(TWO_BY_TWO);

  @Test
  void withoutStepsThePixelsAreTaken() {
    assertArrayEquals(
        new float[] {0, 1, 128, 255}, apply(List.of(), sample(), TWO_BY_TWO, TWO_BY_TWO, 0));
  }

  @Test
  void paddingCentresTheImageInBlack() {
    float[] padded = apply(List.of(new Pad(4, 5)), sample(), TWO_BY_TWO, new Shape(4, 5, 1), 0);
    assertArrayEquals(
        new float[] {
          0, 0, 0, 0, 0, //
          0, 0, 1, 0, 0, //
          0, 128, 255, 0, 0, //
          0, 0, 0, 0, 0
        },
        padded);
  }

  @Test
  void paddingTwiceWithOneWorkImageLeavesNothingOfTheFirst() {
    InputPipeline pipeline = new InputPipeline(STORED, new Shape(4, 4, 1), List.of(new Pad(4, 4)));
    Image work = new Image();
    float[] first = new float[16];
    float[] second = new float[16];
    pipeline.apply(0, 0, sample(), work, first, 0);
    pipeline.apply(0, 0, sample(), work, second, 0);
    assertArrayEquals(first, second);
  }

  @Test
  void normalizingIsTorchvisionsArithmetic() {
    Normalize normalize = new Normalize(new float[] {0.2860f}, new float[] {0.3530f});
    float[] expected = new float[4];
    float[] pixels = {0, 1, 128, 255};
    for (int i = 0; i < 4; i++) {
      expected[i] = (pixels[i] / 255f - 0.2860f) / 0.3530f;
    }
    assertArrayEquals(expected, apply(List.of(normalize), sample(), TWO_BY_TWO, TWO_BY_TWO, 0));
  }

  @Test
  void greyImagesBecomeColouredByRepetition() {
    assertArrayEquals(
        new float[] {0, 0, 0, 1, 1, 1, 128, 128, 128, 255, 255, 255},
        apply(List.of(new RepeatChannel(3)), sample(), TWO_BY_TWO, new Shape(2, 2, 3), 0));
    assertRefused(
        () -> new RepeatChannel(3).shapeAfter(new ImageShape(2, 2, 3)),
        "images of 2x2x3 are not grey");
    assertRefused(() -> new RepeatChannel(0), "0 channels");
  }

  @Test
  void everyChannelIsNormalizedByItsOwnNumbers() {
    Pixels sample = new Pixels();
    byte[] pixels = sample.begin(1, 2, 3);
    Arrays.fill(pixels, (byte) 255);
    Normalize normalize = new Normalize(new float[] {0f, 0.5f, 1f}, new float[] {1f, 0.5f, 0.25f});
    Shape shape = new Shape(1, 2, 3);
    assertArrayEquals(
        new float[] {1, 1, 0, 1, 1, 0}, apply(List.of(normalize), sample, shape, shape, 0));
  }

  @Test
  void halfOfTheImagesAreMirroredAndAlwaysTheSameOnes() {
    int mirrored = 0;
    for (int id = 0; id < 1000; id++) {
      long key = CounterRandom.derive(5, id);
      float[] once =
          apply(List.of(new RandomHorizontalFlip(0.5)), sample(), TWO_BY_TWO, TWO_BY_TWO, key);
      float[] twice =
          apply(List.of(new RandomHorizontalFlip(0.5)), sample(), TWO_BY_TWO, TWO_BY_TWO, key);
      assertArrayEquals(once, twice);
      if (once[0] == 1) {
        assertArrayEquals(new float[] {1, 0, 255, 128}, once);
        mirrored++;
      } else {
        assertArrayEquals(new float[] {0, 1, 128, 255}, once);
      }
    }
    assertEquals(500, mirrored, 80); // 5 standard deviations
  }

  @Test
  void mirroringKeepsThePixelsChannelsTogether() {
    Image image = new Image();
    Pixels sample = new Pixels();
    System.arraycopy(new byte[] {1, 2, 3, 4, 5, 6}, 0, sample.begin(1, 3, 2), 0, 6);
    RandomHorizontalFlip flip = new RandomHorizontalFlip(0.5);
    for (long key = 0; image.pixels().length == 0 || image.pixels()[0] != 5; key++) {
      image.load(sample);
      flip.apply(image, key);
    }
    assertArrayEquals(new float[] {5, 6, 3, 4, 1, 2}, Arrays.copyOf(image.pixels(), 6));
  }

  @Test
  void theImageIsWrittenWhereItBelongs() {
    float[] into = new float[6];
    new InputPipeline(STORED, TWO_BY_TWO, List.of()).apply(0, 0, sample(), new Image(), into, 1);
    assertArrayEquals(new float[] {0, 0, 1, 128, 255, 0}, into);
  }

  @Test
  void nothingIsAllocatedOnceTheWorkImageHasGrown() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    InputPipeline pipeline =
        new InputPipeline(
            STORED,
            new Shape(32, 32, 3),
            List.of(
                new RandomHorizontalFlip(0.5),
                new Pad(32, 32),
                new Normalize(new float[1], new float[] {1}),
                new RepeatChannel(3)));
    Image work = new Image();
    Pixels sample = sample();
    float[] into = new float[32 * 32 * 3];
    for (int i = 0; i < 10; i++) {
      work.load(sample);
      pipeline.applyToRegion(3, i, work, into, 0);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      work.load(sample);
      pipeline.applyToRegion(3, i, work, into, 0);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 1000, allocated + " bytes for 1000 samples");
  }

  @Test
  void stepsThatDoNotLeadToTheNetworksInputAreRefused() {
    Shape wanted = new Shape(32, 32, 1);
    assertRefused(
        () -> new InputPipeline(STORED, wanted, List.of()),
        "the network takes images of 32x32x1, but the dataset's (2x2x1) are 2x2x1");
    assertRefused(
        () -> new InputPipeline(STORED, wanted, List.of(new Pad(1, 32))),
        "images of 2x2x1 cannot be padded to the smaller 1x32");
    Normalize rgb = new Normalize(new float[3], new float[] {1, 1, 1});
    assertRefused(
        () -> new InputPipeline(STORED, TWO_BY_TWO, List.of(rgb)),
        "images of 1 channels cannot be normalized by 3 means");
    assertRefused(() -> new Normalize(new float[1], new float[1]), "0.0 is not positive");
    assertRefused(() -> new Normalize(new float[1], new float[2]), "1 means and 2 standard");
    assertRefused(() -> new Pad(0, 3), "0x3");
  }

  @Test
  void anImageOfAnotherSizeThanTheDatasetSaysIsRefused() {
    InputPipeline pipeline = new InputPipeline(STORED, TWO_BY_TWO, List.of());
    Pixels odd = new Pixels();
    odd.begin(3, 2, 1);
    assertRefused(
        () -> pipeline.apply(12, 0, odd, new Image(), new float[6], 0), "sample 12 is 3x2x1");
  }

  private static Pixels sample() {
    Pixels sample = new Pixels();
    System.arraycopy(new byte[] {0, 1, (byte) 128, (byte) 255}, 0, sample.begin(2, 2, 1), 0, 4);
    return sample;
  }

  private static float[] apply(
      List<Augmentation> steps, Pixels sample, Shape stored, Shape wanted, long key) {
    float[] into = new float[wanted.size()];
    InputPipeline pipeline = new InputPipeline(ImageShape.of(stored), wanted, steps);
    pipeline.apply(0, key, sample, new Image(), into, 0);
    return into;
  }
}
