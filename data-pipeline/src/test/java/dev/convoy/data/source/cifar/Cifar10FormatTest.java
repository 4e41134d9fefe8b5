package dev.convoy.data.source.cifar;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Split;
import dev.convoy.data.source.ByteRanges;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceTestBase;
import dev.convoy.data.source.Stored;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Cifar10FormatTest extends SourceTestBase {
  private static final int RECORD = 3073;

  @Override
  protected SourceFormat format() {
    return new Cifar10Format();
  }

  private void writeBatches(String folder) throws IOException {
    write(folder + "batches.meta.txt", "airplane\nautomobile\nbird\n\n");
    for (int batch = 1; batch <= 5; batch++) {
      write(folder + "data_batch_" + batch + ".bin", records(batch % 3, 2));
    }
    write(folder + "test_batch.bin", records(1, 1));
  }

  /** Records whose planes are filled with the plane's number plus ten times the label. */
  private static byte[] records(int label, int count) {
    byte[] bytes = new byte[count * RECORD];
    for (int r = 0; r < count; r++) {
      bytes[r * RECORD] = (byte) label;
      for (int i = 0; i < RECORD - 1; i++) {
        bytes[r * RECORD + 1 + i] = (byte) (10 * label + i / 1024);
      }
    }
    return bytes;
  }

  @Test
  void recordsAreALabelAndThreePlanes() throws IOException {
    writeBatches("");
    assertEquals(List.of("airplane", "automobile", "bird"), open().classNames());
    assertEquals(new Stored(Stored.Order.CHW, 32, 32, 3), open().stored());
    List<Entry> train = entries(Split.TRAIN);
    assertEquals(10, train.size());
    assertEquals(List.of(1, 1, 2, 2, 0, 0, 1, 1, 2, 2), train.stream().map(Entry::label).toList());
    byte[] pixels = new byte[RECORD - 1];
    try (ByteRanges ranges = new ByteRanges(HADOOP)) {
      ranges.read(train.get(3), pixels);
    }
    assertArrayEquals(new byte[] {20, 21, 22}, new byte[] {pixels[0], pixels[1024], pixels[3071]});
    assertEquals(1, entries(Split.VALIDATION).size());
  }

  @Test
  void theArchivesFolderIsFound() throws IOException {
    writeBatches("cifar-10-batches-bin/");
    assertEquals(10, entries(Split.TRAIN).size());
  }

  @Test
  void whatIsMissingOrMisshapenIsNamed() throws IOException {
    assertRefused(this::open, "no batches.meta.txt", "tar -xzf cifar-10-binary.tar.gz");
    writeBatches("");
    write("data_batch_2.bin", Arrays.copyOf(records(0, 2), 2 * RECORD - 1));
    assertRefused(() -> entries(Split.TRAIN), "data_batch_2.bin has 6,145 bytes", "3,073");
    write("data_batch_2.bin", records(7, 1));
    assertRefused(() -> entries(Split.TRAIN), "the label 7", "allowed are 0 to 2");
  }

  @Test
  void otherVersionsAndPackedOnesAreNamed() throws IOException {
    write("cifar-10-python.tar.gz", "x");
    assertRefused(this::open, "cifar-10-python.tar.gz, of the version for Python", "binary");
    write("cifar-10-binary.tar.gz", "x");
    assertRefused(this::open, "still packed", "tar -xf cifar-10-binary.tar.gz");
  }

  @Test
  void theUnpackedPythonVersionIsNamed() throws IOException {
    write("data_batch_1", "x");
    write("batches.meta", "x");
    assertRefused(this::open, "batches.meta, of the version for Python, which is not read");
  }
}
