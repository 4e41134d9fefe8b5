package dev.convoy.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.testing.Floats;
import dev.convoy.testing.Floats.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Top-k accuracy. */
class TopKTest {
  @Property(tries = 300)
  void theBestAreTheFirstOfAStableSort(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int classes,
      @ForAll @IntRange(min = 1, max = 50) int k) {
    Tensor logits = logits(2, classes, Floats.random(seed, 2 * classes, Kind.DRAWS));
    for (int image = 0; image < 2; image++) {
      int at = image * logits.imageLength();
      int[] sorted =
          IntStream.range(0, classes)
              .boxed()
              .sorted(Comparator.comparing(c -> -logits.data()[at + c]))
              .mapToInt(Integer::intValue)
              .limit(k)
              .toArray();
      assertArrayEquals(sorted, TopK.best(logits, image, k));
    }
  }

  @Property(tries = 300)
  void anImageIsCorrectIfItsLabelIsAmongTheBest(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int k) {
    int images = 5;
    Tensor logits = logits(images, 10, Floats.random(seed, images * 10, Kind.DRAWS));
    int[] labels = {0, 3, 9, 5, 5};
    int expected = 0;
    for (int n = 0; n < images; n++) {
      int label = labels[n];
      expected += Arrays.stream(TopK.best(logits, n, k)).anyMatch(c -> c == label) ? 1 : 0;
    }
    assertEquals(expected, TopK.correct(images, logits, labels, k));
  }

  @Test
  void onlyTheImagesInUseCount() {
    Tensor logits = logits(3, 2, new float[] {1, 0, 1, 0, 1, 0});
    assertEquals(2, TopK.correct(2, logits, new int[] {0, 0, 0}, 1));
  }

  @Test
  void aScoreThatIsNotANumberIsNeverCountedAsCorrect() {
    Tensor logits = logits(1, 3, new float[] {Float.NaN, Float.NaN, Float.NaN});
    assertEquals(0, TopK.correct(1, logits, new int[] {0}, 1));
    Tensor one = logits(1, 3, new float[] {Float.NaN, 5, 1});
    assertEquals(0, TopK.correct(1, one, new int[] {1}, 1));
    assertEquals(1, TopK.correct(1, one, new int[] {1}, 2));
  }

  private static Tensor logits(int images, int classes, float[] values) {
    Tensor logits = Tensor.activations(images, Shape.vector(classes));
    logits.fromNchw(values);
    return logits;
  }
}
