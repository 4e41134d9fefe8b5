package dev.convoy.data.source.imagenet;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Account;
import dev.convoy.data.Split;
import dev.convoy.data.source.ByteRanges;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceTestBase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/** On small archives of the form of the official ones. */
class ImageNetFormatTest extends SourceTestBase {
  private static final String CATFISH = "n02512345";
  private static final String TENCH = "n01440764";

  @Override
  protected SourceFormat format() {
    return new ImageNetFormat();
  }

  @BeforeEach
  void archives() throws IOException {
    Map<String, byte[]> catfish = new LinkedHashMap<>();
    catfish.put(CATFISH + "_1.JPEG", bytes("catfish one"));
    catfish.put(CATFISH + "_2.JPEG", bytes("catfish two"));
    Map<String, byte[]> train = new LinkedHashMap<>();
    train.put(CATFISH + ".tar", tar(catfish));
    train.put(TENCH + ".tar", tar(Map.of(TENCH + "_7.JPEG", bytes("tench seven"))));
    write("ILSVRC2012_img_train.tar", tar(train));
    Map<String, byte[]> validation = new LinkedHashMap<>();
    validation.put("ILSVRC2012_val_00000001.JPEG", bytes("first"));
    validation.put("ILSVRC2012_val_00000002.JPEG", bytes("second"));
    write("ILSVRC2012_img_val.tar", tar(validation));
    writeKit("2\n1\n");
  }

  /** The development kit numbers classes in an order of its own, and has groups of them. */
  private void writeKit(String truth) throws IOException {
    Map<String, byte[]> kit = new LinkedHashMap<>();
    kit.put("ILSVRC2012_devkit_t12/data/meta.mat", meta());
    kit.put("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", bytes(truth));
    write("ILSVRC2012_devkit_t12.tar.gz", zipped(tar(kit)));
  }

  private static byte[] meta() throws IOException {
    Struct synsets = Mat5.newStruct(3, 1);
    String[] wnids = {CATFISH, TENCH, "n00001740"};
    String[] words = {"catfish", "tench, Tinca tinca", "entity"};
    int[] ids = {1, 2, 1001};
    for (int i = 0; i < ids.length; i++) {
      synsets.set("ILSVRC2012_ID", i, Mat5.newScalar(ids[i]));
      synsets.set("WNID", i, Mat5.newString(wnids[i]));
      synsets.set("words", i, Mat5.newString(words[i]));
    }
    Mat5File file = Mat5.newMatFile();
    file.addArray("synsets", synsets);
    ByteBuffer buffer = ByteBuffer.allocate((int) file.getUncompressedSerializedSize());
    file.writeTo(Sinks.wrap(buffer));
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Test
  void theOfficialArchivesAreReadAsTheyAre() throws IOException {
    assertEquals(List.of(TENCH + " tench, Tinca tinca", CATFISH + " catfish"), open().classNames());
    assertEquals(
        List.of(
            "1 " + CATFISH + "_1.JPEG catfish one",
            "1 " + CATFISH + "_2.JPEG catfish two",
            "0 " + TENCH + "_7.JPEG tench seven"),
        contents(Split.TRAIN));
    assertEquals(
        List.of("0 ILSVRC2012_val_00000001.JPEG first", "1 ILSVRC2012_val_00000002.JPEG second"),
        contents(Split.VALIDATION));
    assertEquals(2, open().parts(Split.TRAIN, new Account()).size());
  }

  @Test
  void theKitMayBeUnpacked() throws IOException {
    Files.delete(input.resolve("ILSVRC2012_devkit_t12.tar.gz"));
    write("ILSVRC2012_devkit_t12/data/meta.mat", meta());
    write("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", "1\n2\n");
    assertEquals(1, entries(Split.VALIDATION).get(0).label());
  }

  @Test
  void trainingImagesAloneNeedOnlyAListOfClasses() throws IOException {
    Files.delete(input.resolve("ILSVRC2012_img_val.tar"));
    Files.delete(input.resolve("ILSVRC2012_devkit_t12.tar.gz"));
    assertRefused(this::open, "synset_words.txt", "its classes are unknown");
    write("synset_words.txt", CATFISH + " catfish\n" + TENCH + " tench\n");
    assertEquals(List.of(TENCH + " tench", CATFISH + " catfish"), open().classNames());
    assertEquals(3, entries(Split.TRAIN).size());
    assertEquals(List.of(), open().parts(Split.VALIDATION, new Account()));
    write("synset_words.txt", "tench\n");
    assertRefused(this::open, "synset_words.txt, line 1: 'tench' is not like");
    write("synset_words.txt", TENCH + " tench\n" + CATFISH + "\n" + TENCH + "\n");
    assertRefused(this::open, "line 3: '" + TENCH + "' names a class that an earlier line");
    write("synset_words.txt", TENCH + "\n");
    assertRefused(() -> entries(Split.TRAIN), CATFISH + ".tar", "1 known classes");
  }

  @Test
  void aKitThatDoesNotFitIsRefused() throws IOException {
    writeKit("2\n1\n1\n");
    assertRefused(
        () -> entries(Split.VALIDATION), "has 2 images, but the development kit tells of 3");
    writeKit("2\n");
    assertRefused(() -> entries(Split.VALIDATION), "ILSVRC2012_val_00000002.JPEG");
    writeKit("2\n1001\n");
    assertRefused(this::open, "line 2: '1001' is not the number of a class");
    write("ILSVRC2012_devkit_t12.tar.gz", "no archive");
    assertRefused(this::open, "devkit_t12.tar.gz is no tar.gz");
    Files.delete(input.resolve("ILSVRC2012_devkit_t12.tar.gz"));
    assertRefused(this::open, "ILSVRC2012_img_val.tar needs ILSVRC2012_devkit_t12.tar.gz");
  }

  @Test
  void theExtractedFoldersAreReadToo() throws IOException {
    Files.delete(input.resolve("ILSVRC2012_img_train.tar"));
    Files.delete(input.resolve("ILSVRC2012_img_val.tar"));
    write("train/" + TENCH + "/1.JPEG", "tench");
    write("val/" + TENCH + "/2.JPEG", "another");
    assertEquals(List.of(TENCH), open().classNames());
    assertEquals(1, entries(Split.VALIDATION).size());
  }

  /** Both tars unpacked where they lie, and the tars of classes in turn. */
  @Test
  void allValidationImagesMayLieInOneFolder() throws IOException {
    unpackValidation("");
    assertEquals(
        List.of("0 ILSVRC2012_val_00000001.JPEG first", "1 ILSVRC2012_val_00000002.JPEG second"),
        contents(Split.VALIDATION));
    assertEquals(2, entries(Split.TRAIN).size());
    Files.delete(input.resolve("ILSVRC2012_devkit_t12.tar.gz"));
    assertRefused(
        this::open, "val has no folders of classes", "devkit_t12.tar.gz nor LOC_val_solution.csv");
  }

  @Test
  void kagglesArchiveIsReadAsItUnpacks() throws IOException {
    unpackValidation("ILSVRC/Data/CLS-LOC/");
    Files.delete(input.resolve("ILSVRC2012_devkit_t12.tar.gz"));
    String first = "ILSVRC2012_val_00000001," + TENCH + " 111 108 441 193\n";
    String second = "ILSVRC2012_val_00000002," + CATFISH + " 1 1 2 2 " + CATFISH + " 3 3 4 4\n";
    write("LOC_val_solution.csv", "ImageId,PredictionString\n" + second + first);
    assertEquals(
        List.of("0 ILSVRC2012_val_00000001.JPEG first", "1 ILSVRC2012_val_00000002.JPEG second"),
        contents(Split.VALIDATION));
    assertEquals(2, entries(Split.TRAIN).size());
    write("LOC_val_solution.csv", "ImageId,PredictionString\n" + second);
    assertRefused(this::open, "does not tell of every image");
    write("LOC_val_solution.csv", "ImageId,PredictionString\n" + first);
    assertRefused(() -> entries(Split.VALIDATION), "ILSVRC2012_val_00000002.JPEG", "to 00000001");
    write("LOC_val_solution.csv", "ImageId,PredictionString\n" + first + "2,tench\n");
    assertRefused(this::open, "LOC_val_solution.csv, line 3: '2,tench' is not like");
    write("LOC_val_solution.csv", "ImageId,PredictionString\n" + first + second + first);
    assertRefused(this::open, "line 4", "an image that an earlier line has told of");
    write(
        "LOC_val_solution.csv",
        "ImageId,PredictionString\n" + first + second.replace(CATFISH, "n00000001"));
    assertRefused(() -> entries(Split.VALIDATION), "class n00000001, which the training images");
  }

  private void unpackValidation(String folder) throws IOException {
    Files.delete(input.resolve("ILSVRC2012_img_train.tar"));
    Files.delete(input.resolve("ILSVRC2012_img_val.tar"));
    write(folder + "train/" + TENCH + "/1.JPEG", "tench");
    write(folder + "train/" + CATFISH + "/1.JPEG", "catfish");
    write(folder + "val/ILSVRC2012_val_00000001.JPEG", "first");
    write(folder + "val/ILSVRC2012_val_00000002.JPEG", "second");
  }

  /** Sparse: as long as the real one's first class, without its bytes. */
  @Test
  void imagesBeyondTwoGigabytesAreReachedWithoutReadingWhatIsBeforeThem() throws IOException {
    long far = 3L << 30;
    byte[] inner = tar(Map.of(TENCH + "_7.JPEG", bytes("far away")));
    byte[] header = tarHeader(CATFISH + ".tar", far);
    byte[] rest = tar(Map.of(TENCH + ".tar", inner));
    try (RandomAccessFile file =
        new RandomAccessFile(input.resolve("ILSVRC2012_img_train.tar").toFile(), "rw")) {
      file.setLength(0);
      file.write(header);
      file.seek(header.length + far);
      file.write(rest);
    }
    long began = System.nanoTime();
    List<String> parts = open().parts(Split.TRAIN, new Account());
    assertEquals(2, parts.size());
    Entry[] found = new Entry[1];
    open().list(parts.get(1), entry -> found[0] = entry, new Account());
    assertTrue(System.nanoTime() - began < 20_000_000_000L, "it was read, not skipped");
    assertTrue(found[0].offset() > far);
    try (ByteRanges ranges = new ByteRanges(HADOOP)) {
      byte[] bytes = new byte[found[0].length()];
      ranges.read(found[0], bytes);
      assertEquals("far away", new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  private static byte[] tarHeader(String name, long size) throws IOException {
    byte[] header = Arrays.copyOf(tar(Map.of(name, new byte[1])), 512);
    byte[] octal = bytes(String.format(Locale.ROOT, "%011o", size));
    System.arraycopy(octal, 0, header, 124, octal.length);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    byte[] checksum = bytes(String.format(Locale.ROOT, "%06o\0 ", sum));
    System.arraycopy(checksum, 0, header, 148, checksum.length);
    return header;
  }
}
