package dev.convoy.data.source.mnist;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.IdxFiles;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Framing;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.SourceTestBase;
import dev.convoy.data.source.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MnistFormatTest extends SourceTestBase {
  @Override
  protected SourceFormat format() {
    return new MnistFormat();
  }

  @Test
  void imagesAreRangesOfWhatIsInTheFileZippedOrNot() throws IOException {
    IdxFiles.folder(input, 5, 3);
    assertEquals(new Stored(Stored.Order.HWC, 4, 3, 1), open().stored());
    List<Entry> train = entries(Split.TRAIN);
    assertEquals(5, train.size());
    assertEquals(16 + 2 * 12, train.get(2).offset());
    assertEquals(2, train.get(2).label());
    // Training files are zipped, validation files are not.
    assertEquals(5, contents(Split.TRAIN).size());
    assertEquals(3, contents(Split.VALIDATION).size());
    Files.delete(input.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(this::open, "t10k-labels-idx1-ubyte");
  }

  @Test
  void rangesAreOfWhatGzipUnpacksWhateverTheNameSays() throws IOException {
    IdxFiles.folder(input, 5, 3);
    List<String> before = contents(Split.TRAIN);
    Path packed = input.resolve("train-images-idx3-ubyte.gz");
    Files.move(packed, input.resolve("train-images.idx3-ubyte"));
    assertEquals(before, contents(Split.TRAIN));
    assertEquals(Framing.GZIP, entries(Split.TRAIN).get(0).framing());
    Files.move(input.resolve("t10k-images-idx3-ubyte"), input.resolve("t10k-images-idx3-ubyte.gz"));
    assertEquals(3, contents(Split.VALIDATION).size());
    assertEquals(Framing.PLAIN, entries(Split.VALIDATION).get(0).framing());
  }

  @Test
  void labelsCountFromOneInBothSplits() throws IOException {
    IdxFiles.folder(input, 5, 3);
    IdxFiles.write(
        input.resolve("train-labels-idx1-ubyte.gz"),
        IdxFiles.idx(0x801, new int[] {5}, new byte[] {1, 2, 3, 4, 10}));
    IdxFiles.write(
        input.resolve("t10k-labels-idx1-ubyte"),
        IdxFiles.idx(0x801, new int[] {3}, new byte[] {1, 2, 3}));
    assertRefused(() -> entries(Split.TRAIN), "the label 10 at index 4", "--first-label 1");
    SourceOptions one = new SourceOptions(null, null, 1);
    assertEquals(
        List.of(0, 1, 2, 3, 9), entries(Split.TRAIN, one).stream().map(Entry::label).toList());
    assertEquals(
        List.of(0, 1, 2), entries(Split.VALIDATION, one).stream().map(Entry::label).toList());
    assertRefused(
        () -> open(new SourceOptions("x", null, -1)), "--image-key has no meaning for", "mnist");
  }

  @Test
  void imagesOfOtherSizesThanTheValidationsAreRefused() throws IOException {
    IdxFiles.folder(input, 5, 3);
    IdxFiles.write(
        input.resolve("t10k-images-idx3-ubyte"),
        IdxFiles.idx(0x803, new int[] {3, 2, 2}, new byte[12]));
    assertRefused(() -> entries(Split.TRAIN), "4x3x1 for training, but 2x2x1 for validation");
  }
}
