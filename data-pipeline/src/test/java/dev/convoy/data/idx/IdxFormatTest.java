package dev.convoy.data.idx;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.convoy.data.Dataset;
import dev.convoy.data.IdxFiles;
import dev.convoy.data.ImageShape;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFormatTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final byte[] TWO_LABELS = {3, 9};

  @TempDir private Path folder;

  @BeforeEach
  void aGoodFolder() throws IOException {
    images(0x803, new int[] {2, 2, 2}, new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 255});
    labels(0x801, 2, TWO_LABELS);
  }

  @Test
  void whatTheFilesHoldIsRead() throws IOException {
    try (Dataset dataset = open()) {
      assertEquals(2, dataset.size());
      assertEquals(new ImageShape(2, 2, 1), dataset.imageShape());
      assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), dataset.classNames());
      Sample sample = new Sample();
      dataset.read(1, sample);
      assertEquals(9, sample.label());
      assertEquals(1, sample.id());
      assertEquals("[5, 6, 7, -1]", Arrays.toString(sample.pixels().values()));
    }
  }

  @Test
  void theFingerprintIsOfTheContent() throws IOException {
    try (Dataset dataset = open()) {
      assertEquals(
          "8d51bd0af8da14846859354cd28d5f0358355fa5ee8f0dc499edac62aefd6956",
          dataset.fingerprint());
    }
  }

  @Test
  void classesAreNamedByTheirFile() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\r\n");
    try (Dataset dataset = open()) {
      assertEquals(11, dataset.classes());
      assertEquals("k", dataset.classNames().get(10));
    }
    Files.writeString(folder.resolve("classes.txt"), "a\na\n");
    assertRefused(this::open, "classes.txt", "line 2: 'a' is named in line 1 already");
    Files.writeString(folder.resolve("classes.txt"), "");
    assertRefused(this::open, "names no classes");
    Files.write(folder.resolve("classes.txt"), new byte[] {(byte) 0xff});
    assertRefused(this::open, "is not text in UTF-8");
  }

  @Test
  void aMissingFileIsNamedInBothForms() throws IOException {
    Files.delete(folder.resolve(IMAGES));
    assertRefused(this::open, folder.toString(), IMAGES + " nor " + IMAGES + ".gz");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(IMAGES));
    for (int length = 0; length < whole.length; length++) {
      Files.write(folder.resolve(IMAGES), Arrays.copyOf(whole, length));
      assertRefused(this::open, IMAGES, "truncated");
    }
  }

  @Test
  void everyTruncationOfAGzipIsNoticed() throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(LABELS));
    Files.delete(folder.resolve(LABELS));
    Path gzip = folder.resolve(LABELS + ".gz");
    IdxFiles.write(gzip, content);
    byte[] whole = Files.readAllBytes(gzip);
    for (int length = 0; length < whole.length; length++) {
      Files.write(gzip, Arrays.copyOf(whole, length));
      assertRefused(this::open, gzip.toString(), "truncated");
    }
  }

  @Test
  void aCorruptGzipIsRefused() throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(LABELS));
    Files.delete(folder.resolve(LABELS));
    Path gzip = folder.resolve(LABELS + ".gz");
    IdxFiles.write(gzip, content);
    byte[] whole = Files.readAllBytes(gzip);
    whole[whole.length - 8] ^= 1;
    Files.write(gzip, whole);
    assertRefused(this::open, gzip.toString(), "is not a valid gzip file");
  }

  @Test
  void anotherMagicIsRefused() throws IOException {
    labels(0x803, 2, TWO_LABELS);
    assertRefused(
        this::open,
        LABELS,
        "begins with 00000803: it holds unsigned bytes of 3 dimensions",
        "may be swapped");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    labels(0x801, 1, TWO_LABELS);
    assertRefused(this::open, LABELS, "trailing bytes after the 1");
  }

  @Test
  void impossibleExtentsAreRefused() throws IOException {
    images(0x803, new int[] {-2, 2, 2}, new byte[8]);
    assertRefused(this::open, IMAGES, "extents [-2]");
    images(0x803, new int[] {2, 0, 2}, new byte[0]);
    assertRefused(this::open, IMAGES, "extents [2, 0]");
    images(0x803, new int[] {65536, 65536, 1}, new byte[8]);
    assertRefused(this::open, IMAGES, "extents [65536, 65536]");
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsPlace() throws IOException {
    labels(0x801, 2, new byte[] {3, (byte) 200});
    assertRefused(this::open, LABELS, "the label 200 at index 1, allowed are 0 to 9");
  }

  @Test
  void fewerOrMoreLabelsThanImagesAreRefused() throws IOException {
    labels(0x801, 1, new byte[] {3});
    assertRefused(this::open, "has 2 images", "has 1 labels");
    labels(0x801, 3, new byte[] {3, 4, 5});
    assertRefused(this::open, "has 2 images", "has 3 labels");
  }

  @Test
  void noImagesAtAllAreRefused() throws IOException {
    images(0x803, new int[] {0, 2, 2}, new byte[0]);
    labels(0x801, 0, new byte[0]);
    assertRefused(this::open, IMAGES, "has no images");
  }

  @Test
  void gzipIsToldByTheFirstBytesNotByTheName() throws IOException {
    byte[] images = Files.readAllBytes(folder.resolve(IMAGES));
    Files.delete(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES + ".gz"), images);
    Path labels = folder.resolve(LABELS);
    IdxFiles.write(folder.resolve("x.gz"), Files.readAllBytes(labels));
    Files.move(folder.resolve("x.gz"), labels, StandardCopyOption.REPLACE_EXISTING);
    try (Dataset dataset = open()) {
      assertEquals(2, dataset.size());
    }
    IdxFormat.ImagesFile file =
        new IdxFormat().imagesFile(new Configuration(), folder.toString(), Split.TRAIN);
    assertFalse(file.gzip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-X.idxN-ubyte",
        "Train-X-idxN-ubyte.gz",
        "emnist-letters-train-X-idxN-ubyte",
        "train_X_idxN_ubyte",
        "train-X.idxN.ubyte"
      })
  void filesOfSimilarNamesAreFound(String pattern) throws IOException {
    String images = pattern.replace("X", "images").replace("N", "3");
    String labels = pattern.replace("X", "labels").replace("N", "1");
    Files.move(folder.resolve(IMAGES), folder.resolve(images));
    Files.move(folder.resolve(LABELS), folder.resolve(labels));
    try (Dataset dataset = open()) {
      assertEquals(2, dataset.size());
    }
    Files.copy(folder.resolve(labels), folder.resolve("other-train-labels-idx1-ubyte"));
    assertRefused(this::open, "several files for " + LABELS, "other-train-labels-idx1-ubyte");
    Files.delete(folder.resolve(labels));
    assertRefused(this::open, "of two datasets");
  }

  @Test
  void whatLiesInAFolderWithoutTheFilesIsNamed() throws IOException {
    Files.move(folder.resolve(LABELS), folder.resolve("labels.npy"));
    assertRefused(this::open, "has neither " + LABELS, "it has labels.npy, " + IMAGES);
  }

  @Test
  void swappedFilesAndOtherTypesAreNamed() throws IOException {
    Files.move(folder.resolve(IMAGES), folder.resolve("x"));
    Files.move(folder.resolve(LABELS), folder.resolve(IMAGES));
    Files.move(folder.resolve("x"), folder.resolve(LABELS));
    assertRefused(this::open, LABELS, "the files of images and labels may be swapped");
    labels(0xc02, 2, new byte[16]);
    assertRefused(this::open, "32-bit integers of 2 dimensions, where labels are unsigned bytes");
    Files.write(folder.resolve(LABELS), new byte[] {'P', 'K', 3, 4, 0, 0});
    assertRefused(this::open, LABELS, "is a zip archive");
  }

  @Test
  void labelsThatCountFromOneAreNamedAndReadIfThatIsSaid() throws IOException {
    Files.writeString(folder.resolve("classes.txt"), "a\nb\nc\n");
    labels(0x801, 2, new byte[] {1, 3});
    assertRefused(
        this::open,
        "the label 3 at index 1, allowed are 0 to 2, as classes.txt names 3 classes",
        "prepare with --first-label 1");
    IdxFormat format = new IdxFormat();
    try (Dataset dataset = format.open(new Configuration(), folder.toString(), Split.TRAIN, 1)) {
      Sample sample = new Sample();
      dataset.read(1, sample);
      assertEquals(2, sample.label());
    }
    // Numbers in the list say the same.
    Files.writeString(folder.resolve("classes.txt"), "1 a\n2 b\n3 c\n");
    try (Dataset dataset = open()) {
      Sample sample = new Sample();
      dataset.read(0, sample);
      assertEquals(0, sample.label());
      assertEquals(List.of("a", "b", "c"), dataset.classNames());
    }
  }

  private Dataset open() throws IOException {
    return new IdxFormat().open(new Configuration(), folder.toString(), Split.TRAIN);
  }

  private void images(int magic, int[] extents, byte[] elements) throws IOException {
    IdxFiles.write(folder.resolve(IMAGES), IdxFiles.idx(magic, extents, elements));
  }

  private void labels(int magic, int count, byte[] elements) throws IOException {
    IdxFiles.write(folder.resolve(LABELS), IdxFiles.idx(magic, new int[] {count}, elements));
  }
}
