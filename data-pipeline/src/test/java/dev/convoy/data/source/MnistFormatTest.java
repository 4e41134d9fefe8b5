package dev.convoy.data.source;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.IdxFiles;
import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class MnistFormatTest extends SourceTestBase {
  @Override
  SourceFormat format() {
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
}
