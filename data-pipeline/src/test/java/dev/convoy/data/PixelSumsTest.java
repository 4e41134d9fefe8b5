package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.data.idx.IdxFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class PixelSumsTest {
  private static Pixels image(Random random, int channels) {
    int height = 1 + random.nextInt(9);
    int width = 1 + random.nextInt(9);
    Pixels pixels = new Pixels();
    random.nextBytes(pixels.begin(height, width, channels));
    return pixels;
  }

  private static Pixels pixels(int channels, int... values) {
    Pixels pixels = new Pixels();
    byte[] into = pixels.begin(1, values.length / channels, channels);
    for (int i = 0; i < values.length; i++) {
      into[i] = (byte) values[i];
    }
    return pixels;
  }

  private static PixelSums sums(List<Pixels> images) {
    PixelStatistics statistics = new PixelStatistics();
    images.forEach(statistics::add);
    return statistics.sums();
  }

  @Property(tries = 100)
  void neitherTheOrderNorWhoAddsThemMatters(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int count) {
    Random random = new Random(seed);
    List<Pixels> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image(random, random.nextBoolean() ? 1 : 3));
    }
    PixelSums all = sums(images);
    Collections.shuffle(images, random);
    PixelStatistics parts = new PixelStatistics();
    int cut = random.nextInt(count + 1);
    parts.add(sums(images.subList(cut, count)));
    parts.add(sums(images.subList(0, cut)));
    assertEquals(all, parts.sums());
  }

  @Test
  void meansAndDeviationsAreThoseOfAllPixels() {
    PixelSums grey = sums(List.of(pixels(1, 0, 255), pixels(1, 255, 255)));
    assertEquals(List.of(new BigDecimal("0.7500")), grey.mean());
    assertEquals(List.of(new BigDecimal("0.4330")), grey.deviation());
    PixelSums colours = sums(List.of(pixels(3, 255, 0, 51, 255, 0, 51)));
    assertEquals(
        List.of(new BigDecimal("1.0000"), new BigDecimal("0.0000"), new BigDecimal("0.2000")),
        colours.mean());
    assertEquals(Collections.nCopies(3, new BigDecimal("0.0000")), colours.deviation());
  }

  @Test
  void smallNumbersKeepFourSignificantDigits() {
    int[] dark = new int[10_000];
    dark[7] = 3;
    PixelSums sums = sums(List.of(pixels(1, dark)));
    assertEquals(List.of(new BigDecimal("0.000001176")), sums.mean());
    assertEquals(List.of(new BigDecimal("0.0001176")), sums.deviation());
  }

  @Test
  void aGreyImageAmongColouredOnesCountsInEveryChannel() {
    assertEquals(
        sums(List.of(pixels(3, 7, 7, 7), pixels(3, 1, 2, 3))),
        sums(List.of(pixels(1, 7), pixels(3, 1, 2, 3))));
  }

  @Test
  void aLargeWhiteImageOverflowsNothing() {
    Pixels white = new Pixels();
    Arrays.fill(white.begin(1000, 700, 3), (byte) 255);
    PixelSums sums = sums(List.of(white));
    assertEquals(Collections.nCopies(3, 255L * 700_000), sums.sum());
    assertEquals(Collections.nCopies(3, 65_025L * 700_000), sums.sumOfSquares());
  }

  @Test
  void nothingIsKnownOfNoImage() {
    assertFalse(sums(List.of()).known());
    assertEquals(PixelSums.UNKNOWN, sums(List.of()));
  }

  @Test
  void theyAreReadBackFromJsonThatAlsoPeopleCanRead() throws Exception {
    ObjectMapper json = new ObjectMapper();
    PixelSums sums = sums(List.of(pixels(1, 0, 255)));
    String text = json.writeValueAsString(sums);
    assertTrue(text.contains("\"mean\":[0.5000]"), text);
    assertTrue(text.contains("\"std\":[0.5000]"), text);
    assertEquals(sums, json.readValue(text, PixelSums.class));
  }

  /** 0.2860 and 0.3530 are those of all 60,000 images; the sample is a part of them. */
  @Test
  void theSampleOfFashionMnistLooksLikeTheWhole() throws Exception {
    try (Dataset sample =
        new IdxFormat().open(new Configuration(), "../conf/sample/fashion-mnist", Split.TRAIN)) {
      PixelSums sums = sample.pixelSums();
      assertEquals(28L * 28 * sample.size(), sums.pixels());
      assertEquals(0.2860, sums.mean().get(0).doubleValue(), 0.005);
      assertEquals(0.3530, sums.deviation().get(0).doubleValue(), 0.005);
    }
  }
}
