package dev.convoy.data.augment;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.ImageShape;
import dev.convoy.data.Pixels;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FitTest {
  private static float[] fit(int height, int width, Pixels sample) {
    Image image = new Image();
    image.load(sample);
    new Fit(height, width).apply(image, 0);
    return Arrays.copyOf(image.pixels(), image.elements());
  }

  private static Pixels sample(int height, int width, int channels, int... values) {
    Pixels sample = new Pixels();
    byte[] pixels = sample.begin(height, width, channels);
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return sample;
  }

  @Test
  void anImageOfTheRightSizeIsLeftAlone() {
    assertArrayEquals(new float[] {1, 2, 3, 255}, fit(2, 2, sample(2, 2, 1, 1, 2, 3, 255)));
  }

  @Test
  void proportionsAreKept() {
    Fit fit = new Fit(28, 28);
    assertEquals(new ImageShape(14, 28, 3), fit.shapeAfter(new ImageShape(100, 200, 3)));
    assertEquals(new ImageShape(28, 14, 3), fit.shapeAfter(new ImageShape(200, 100, 3)));
    assertEquals(new ImageShape(28, 28, 1), fit.shapeAfter(new ImageShape(7, 7, 1)));
    assertEquals(new ImageShape(1, 28, 1), fit.shapeAfter(new ImageShape(1, 4000, 1)));
  }

  /** As torch's interpolate(mode='bilinear', antialias=True) gives: weights 3/7, 3/7, 1/7. */
  @Test
  void halvingWeighsNeighboursByATriangle() {
    float[] halved = fit(1, 2, sample(1, 4, 1, 0, 70, 140, 210));
    assertArrayEquals(new float[] {50, 160}, halved, 1e-4f);
  }

  @Test
  void doublingInterpolatesBetweenCentres() {
    float[] doubled = fit(2, 4, sample(1, 2, 1, 0, 100));
    assertArrayEquals(new float[] {0, 25, 75, 100, 0, 25, 75, 100}, doubled, 1e-4f);
  }

  @Test
  void channelsDoNotMix() {
    float[] pixels = fit(1, 1, sample(2, 2, 2, 10, 200, 10, 200, 10, 200, 10, 200));
    assertArrayEquals(new float[] {10, 200}, pixels, 1e-4f);
  }

  @Property(tries = 200)
  void aPlainImageStaysPlain(
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 40) int to) {
    Pixels sample = sample(height, width, 1);
    Arrays.fill(sample.values(), (byte) 128);
    for (float pixel : fit(to, to, sample)) {
      assertEquals(128, pixel, 1e-3);
    }
  }

  @Test
  void noImageIsRefused() {
    assertRefused(() -> new Fit(0, 28), "0x28", "no image");
  }
}
