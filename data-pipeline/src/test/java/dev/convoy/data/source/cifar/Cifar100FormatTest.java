package dev.convoy.data.source.cifar;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceTestBase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class Cifar100FormatTest extends SourceTestBase {
  private static final int RECORD = 3074;

  @Override
  protected SourceFormat format() {
    return new Cifar100Format();
  }

  private static byte[] record(int coarse, int fine) {
    byte[] bytes = new byte[RECORD];
    bytes[0] = (byte) coarse;
    bytes[1] = (byte) fine;
    return bytes;
  }

  @Test
  void theFineLabelCounts() throws IOException {
    write("cifar-100-binary/fine_label_names.txt", "apple\naquarium_fish\n");
    write("cifar-100-binary/train.bin", record(4, 1));
    write("cifar-100-binary/test.bin", record(1, 0));
    assertEquals(List.of("apple", "aquarium_fish"), open().classNames());
    Entry entry = entries(Split.TRAIN).get(0);
    assertEquals(1, entry.label());
    assertEquals(2, entry.offset());
    assertEquals(3072, entry.length());
    assertEquals(0, entries(Split.VALIDATION).get(0).label());
    write("cifar-100-binary/train.bin", record(0, 2));
    assertRefused(() -> entries(Split.TRAIN), "the label 2 at byte 1", "allowed are 0 to 1");
  }

  @Test
  void anotherFolderIsRefused() {
    assertRefused(this::open, "no fine_label_names.txt", "cifar-100-binary.tar.gz");
  }
}
