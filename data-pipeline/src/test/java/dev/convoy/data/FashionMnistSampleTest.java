package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.idx.IdxFormat;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The sample of real images that the repository carries. */
class FashionMnistSampleTest {
  private static final String FOLDER = "../conf/sample/fashion-mnist";

  @Test
  void itIsWholeAndBalanced() throws IOException {
    assertSplit(Split.TRAIN, 373, 440, 404, 409, 395, 391, 400, 413, 380, 395);
    assertSplit(Split.VALIDATION, 107, 105, 111, 93, 115, 87, 97, 95, 95, 95);
  }

  private static void assertSplit(Split split, int... imagesOfEachClass) throws IOException {
    try (Dataset dataset = new IdxFormat().open(new Configuration(), FOLDER, split)) {
      assertEquals(new ImageShape(28, 28, 1), dataset.imageShape());
      assertEquals("Ankle boot", dataset.classNames().get(9));
      int[] counts = new int[dataset.classes()];
      Sample sample = new Sample();
      for (int i = 0; i < dataset.size(); i++) {
        dataset.read(i, sample);
        counts[sample.label()]++;
      }
      assertArrayEquals(imagesOfEachClass, counts);
    }
  }
}
