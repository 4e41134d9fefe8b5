package dev.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.testing.Floats;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts: NHWC inside, NCHW outside, channels padded to sixteen. */
class TensorTest {
  @Property(tries = 200)
  void whatComesInAsNchwGoesOutTheSame(
      @ForAll @IntRange(min = 1, max = 3) int images,
      @ForAll @IntRange(min = 1, max = 6) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll @IntRange(min = 1, max = 40) int channels) {
    Shape shape = new Shape(height, width, channels);
    float[] nchw = Floats.random(1, images * shape.size());
    for (Tensor tensor :
        new Tensor[] {Tensor.activations(images + 1, shape), Tensor.images(images, shape)}) {
      tensor.fromNchw(nchw);
      assertArrayEquals(nchw, tensor.toNchw(images));
    }
  }

  @Test
  void aValueLiesWhereTheLayoutSays() {
    Tensor tensor = Tensor.activations(2, new Shape(3, 4, 5));
    float[] nchw = new float[120];
    nchw[60 + (4 * 3 + 2) * 4 + 1] = 1f;
    tensor.fromNchw(nchw);
    assertEquals(1f, tensor.data()[((3 + 2) * 4 + 1) * 16 + 4]);
    assertEquals(3 * 4 * 16, tensor.imageLength());
    assertEquals(2 * 3 * 4 * 16, tensor.data().length);
    assertEquals("2 x 3x4x5", tensor.toString());
  }

  @Test
  void imagesAreNotPadded() {
    assertEquals(2 * 4 * 4 * 3, Tensor.images(2, new Shape(4, 4, 3)).data().length);
  }

  @Test
  void valuesThatAreNoWholeImagesAreRefused() {
    Tensor tensor = Tensor.activations(2, new Shape(3, 4, 5));
    for (int length : new int[] {59, 61, 180}) {
      var refusal =
          assertThrows(IllegalArgumentException.class, () -> tensor.fromNchw(new float[length]));
      assertEquals(length + " values are not 1 to 2 images of 3x4x5", refusal.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 16", "15, 16", "16, 16", "17, 32", "1000, 1008"})
  void channelsArePaddedToWholeGroups(int count, int padded) {
    assertEquals(padded, Layout.padded(count));
  }

  @Test
  void shapesPrintAsInThePapers() {
    assertEquals("28x28x6", new Shape(28, 28, 6).toString());
    assertEquals("84", Shape.vector(84).toString());
  }

  @Test
  void aShapeWithoutValuesIsRefused() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Shape(0, 3, 1));
    assertEquals(
        "a shape of 0 x 3 x 1 is impossible: every side is at least 1", refusal.getMessage());
  }
}
