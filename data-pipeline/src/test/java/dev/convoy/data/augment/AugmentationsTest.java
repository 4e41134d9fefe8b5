package dev.convoy.data.augment;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.ImageShape;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of every augmentation on the list. */
class AugmentationsTest {
  private static final Shape INPUT = new Shape(24, 20, 3);
  private static final Augmentations.Context CONTEXT =
      new Augmentations.Context(INPUT, new float[] {0.4f, 0.5f, 0.6f});

  private static Augmentation step(String line) {
    return Augmentations.of(List.of(line), CONTEXT).get(0);
  }

  private static Pixels photograph(int height, int width) {
    Pixels pixels = new Pixels();
    byte[] values = new byte[height * width * 3];
    new Random(3).nextBytes(values);
    System.arraycopy(values, 0, pixels.begin(height, width, 3), 0, values.length);
    return pixels;
  }

  private static Image image(Pixels pixels) {
    Image image = new Image();
    image.load(pixels);
    return image;
  }

  private static float[] pixels(Image image) {
    return Arrays.copyOf(image.pixels(), image.elements());
  }

  @Test
  void theDocumentationHasARowForEach() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../docs/augmentation.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("`", 3)[1])
            .toList();
    assertEquals(Augmentations.usages(), rows);
  }

  @Property(tries = 300)
  void whatAStepDoesIsAFunctionOfTheImageAndTheKey(
      @ForAll long key,
      @ForAll @IntRange(min = 26, max = 60) int height,
      @ForAll @IntRange(min = 26, max = 60) int width) {
    for (String usage : Augmentations.usages()) {
      Augmentation step = step(usage.replaceFirst(" .*", ""));
      Image once = image(photograph(height, width));
      Image twice = image(photograph(height, width));
      if (step instanceof ResizeShortSide) {
        step = new ResizeShortSide(13, 40);
      }
      step.apply(once, key);
      step.apply(twice, key);
      assertArrayEquals(pixels(once), pixels(twice));
      ImageShape shape = step.shapeAfter(new ImageShape(height, width, 3));
      assertEquals(3, once.channels());
      if (!shape.varies()) {
        assertEquals(shape, new ImageShape(once.height(), once.width(), 3), usage);
      }
    }
  }

  @Property(tries = 1000)
  void aCroppingsRegionLiesWithinTheImageAndCuttingItFirstChangesNothing(
      @ForAll long key,
      @ForAll @IntRange(min = 1, max = 300) int height,
      @ForAll @IntRange(min = 1, max = 300) int width) {
    Cropping crop = new RandomResizedCrop(8, 9, 0.08, 1, 0.75, 4.0 / 3);
    Region region = crop.region(height, width, key);
    assertTrue(region.top() + region.height() <= height, region.toString());
    assertTrue(region.left() + region.width() <= width, region.toString());
    Image whole = image(photograph(height, width));
    Image cut = image(photograph(height, width));
    crop.apply(whole, key);
    cut.crop(region);
    crop.applyToRegion(cut, key);
    assertArrayEquals(pixels(whole), pixels(cut));
  }

  @Test
  void resizedCropsHaveTheAreasAndAspectsOfThePaper() {
    RandomResizedCrop crop = new RandomResizedCrop(8, 8, 0.08, 1, 0.75, 4.0 / 3);
    double area = 0;
    int tries = 4000;
    for (long key = 0; key < tries; key++) {
      Region region = crop.region(500, 500, key);
      double share = region.height() * (double) region.width() / 250_000;
      double aspect = (double) region.width() / region.height();
      assertTrue(share > 0.078 && share <= 1, share + "");
      assertTrue(aspect > 0.74 && aspect < 1.35, aspect + "");
      area += share / tries;
    }
    // Uniform in [0.08, 1] has the mean 0.54; regions that do not fit are tried again.
    assertEquals(0.5, area, 0.05);
  }

  @Test
  void randomCropsReachEveryCornerAndMarginsAreBlack() {
    boolean[] corners = new boolean[4];
    RandomCrop crop = new RandomCrop(3, 3, 0);
    for (long key = 0; key < 400; key++) {
      Image image = image(photograph(5, 5));
      float[] before = pixels(image);
      crop.apply(image, key);
      for (int corner = 0; corner < 4; corner++) {
        int at = (corner / 2 * 2 * 5 + corner % 2 * 2) * 3;
        corners[corner] |=
            Arrays.equals(Arrays.copyOfRange(before, at, at + 9), 0, 9, pixels(image), 0, 9);
      }
    }
    assertArrayEquals(new boolean[] {true, true, true, true}, corners);
    boolean black = false;
    for (long key = 0; key < 100; key++) {
      Image image = image(photograph(3, 3));
      new RandomCrop(3, 3, 2).apply(image, key);
      black |= image.pixels()[0] == 0 && image.pixels()[1] == 0 && image.pixels()[2] == 0;
    }
    assertTrue(black);
    assertRefused(
        () -> crop.apply(image(photograph(2, 9)), 0), "2x9 has no crop of 3x3", "short-side 3");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 200, 50, 50, 100",
    "200, 101, 50, 99, 50",
    "7, 7, 14, 14, 14",
    "1, 9, 2, 2, 18"
  })
  void theShorterSideIsScaledAndTheLongerOneIsCutToWholePixels(
      int height, int width, int side, int newHeight, int newWidth) {
    ResizeShortSide step = new ResizeShortSide(side, side);
    assertEquals(
        new ImageShape(newHeight, newWidth, 3), step.shapeAfter(new ImageShape(height, width, 3)));
    Image image = image(photograph(height, width));
    step.apply(image, 1);
    assertEquals(newHeight, image.height());
    assertEquals(newWidth, image.width());
  }

  @Test
  void scaleJitterDrawsEverySideOfItsRange() {
    boolean[] seen = new boolean[5];
    for (long key = 0; key < 200; key++) {
      Image image = image(photograph(10, 20));
      new ResizeShortSide(6, 10).apply(image, key);
      seen[image.height() - 6] = true;
    }
    assertArrayEquals(new boolean[] {true, true, true, true, true}, seen);
  }

  /** Python's round, which torchvision uses, goes to the even number. */
  @ParameterizedTest
  @CsvSource({"5, 2, 2", "7, 4, 2", "9, 4, 2", "6, 3, 2", "4, 4, 0"})
  void theCentreIsRoundedAsTorchvisionDoes(int image, int crop, int first) {
    assertEquals(
        new Region(first, first, crop, crop), new CentreCrop(crop, crop).region(image, image, 0));
  }

  @Test
  void erasingFillsAPartWithTheMeanAndOftenAsAsked() {
    int erased = 0;
    RandomErasing erasing = new RandomErasing(0.25, new float[] {0.5f, 0.25f, 1f});
    for (long key = 0; key < 2000; key++) {
      Image image = image(photograph(20, 20));
      float[] before = pixels(image);
      erasing.apply(image, key);
      int changed = 0;
      for (int i = 0; i < before.length; i += 3) {
        if (before[i] != image.pixels()[i]) {
          assertEquals(127.5f, image.pixels()[i]);
          assertEquals(63.75f, image.pixels()[i + 1]);
          assertEquals(255f, image.pixels()[i + 2]);
          changed++;
        }
      }
      assertTrue(changed <= 0.36 * 400, changed + " pixels");
      erased += changed > 0 ? 1 : 0;
    }
    assertEquals(500, erased, 100); // 5 standard deviations
  }

  @Test
  void lightingAddsOneColourToAllPixels() {
    Image image = image(photograph(4, 4));
    float[] before = pixels(image);
    new Lighting(0.1).apply(image, 5);
    for (int c = 0; c < 3; c++) {
      float added = image.pixels()[c] - before[c];
      assertFalse(added == 0);
      for (int i = c; i < before.length; i += 3) {
        assertEquals(added, image.pixels()[i] - before[i], 1e-4);
      }
    }
    assertRefused(() -> new Lighting(0.1).shapeAfter(new ImageShape(4, 4, 1)), "3 channels");
  }

  @Test
  void mirroringAlwaysIsMirroringTwiceNothing() {
    Image image = image(photograph(4, 5));
    float[] before = pixels(image);
    new RandomHorizontalFlip(1).apply(image, 1);
    assertFalse(Arrays.equals(before, pixels(image)));
    new RandomHorizontalFlip(1).apply(image, 2);
    assertArrayEquals(before, pixels(image));
  }

  @Test
  void tenCropsAreCornersAndCentreAndTheirMirrorImages() {
    Pixels photograph = photograph(9, 8);
    List<List<Augmentation>> views = MultiCrop.of("ten", new Shape(3, 3, 3));
    assertEquals(10, views.size());
    int[][] places = {{0, 0}, {0, 5}, {6, 0}, {6, 5}, {3, 2}};
    for (int i = 0; i < 5; i++) {
      Image crop = image(photograph);
      crop.crop(new Region(places[i][0], places[i][1], 3, 3));
      Image view = image(photograph);
      views.get(i).forEach(step -> step.apply(view, 0));
      assertArrayEquals(pixels(crop), pixels(view), "crop " + i);
      new RandomHorizontalFlip(1).apply(crop, 0);
      Image mirrored = image(photograph);
      views.get(i + 5).forEach(step -> step.apply(mirrored, 0));
      assertArrayEquals(pixels(crop), pixels(mirrored), "crop " + (i + 5));
    }
    assertEquals(1, MultiCrop.of("one", INPUT).size());
    assertEquals(50, MultiCrop.of("grid 5", INPUT).size());
    assertRefused(() -> MultiCrop.of("twelve", INPUT), "'twelve'", "one, ten and grid N");
    assertRefused(() -> MultiCrop.of("grid 1", INPUT), "'grid 1'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zoom                       | there is no step 'zoom'; allowed are short-side, centre-crop
          mirror 2                   | 'mirror 2' is refused: the probability 2.0 is not between 0 and 1
          mirror half                | 'half' is no number
          mirror 0.5 0.5             | it has 2 numbers, at most 1
          short-side 0               | between 0 and 0 pixels
          short-side 300 256         | between 300 and 256 pixels
          short-side 256.5           | 256.5 is not a whole number
          random-crop -4             | a margin of -4 pixels
          random-resized-crop 0      | areas from 0.0 to 1.0
          random-resized-crop 0.1 2  | areas from 0.1 to 2.0
          random-resized-crop 0.1 1 2 1 | aspect ratios from 2.0 to 1.0
          colour-jitter -1           | cannot be negative
          colour-jitter 0 0 0 0.6    | turns by 0 to 0.5
          lighting -1                | deviation of -1.0
          random-erasing 1.5         | the probability 1.5
          """)
  void linesThatMakeNoSenseAreRefused(String line, String says) {
    assertRefused(() -> step(line), says);
  }

  @Test
  void numbersAreTakenInTheirOrder() {
    assertEquals(new ResizeShortSide(256, 480), step("short-side 256 480"));
    assertEquals(new ResizeShortSide(256, 256), step("short-side"));
    assertEquals(new RandomCrop(24, 20, 4), step("random-crop 4"));
    assertEquals(new ColourJitter(0.1, 0.2, 0.3, 0.4), step("colour-jitter 0.1 0.2 0.3 0.4"));
    assertEquals(
        new RandomResizedCrop(24, 20, 0.5, 0.75, 0.9, 1.1),
        step("random-resized-crop 0.5 0.75 0.9 1.1"));
  }
}
