package dev.convoy.data.prepare;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.data.Account;
import dev.convoy.data.Dataset;
import dev.convoy.data.IdxFiles;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Pixels;
import dev.convoy.data.Region;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.decode.Background;
import dev.convoy.data.decode.DecodeOptions;
import dev.convoy.data.decode.Format;
import dev.convoy.data.decode.ImageDecoder;
import dev.convoy.data.decode.ImageHeader;
import dev.convoy.data.decode.ImageNote;
import dev.convoy.data.encode.JpegEncoder;
import dev.convoy.data.idx.IdxFormat;
import dev.convoy.data.inspect.Inspection;
import dev.convoy.data.shard.Manifest;
import dev.convoy.data.shard.ShardDataset;
import dev.convoy.data.source.SourceOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  /** Fails at once. */
  private static final TaskRunner DYING =
      new Preparations.InProcess() {
        @Override
        <R> R runOne(PrepareTask<R> task) {
          throw new IllegalStateException("killed");
        }
      };

  @TempDir private Path temp;
  private Path idx;
  private Path output;

  @BeforeEach
  void idxFiles() throws IOException {
    idx = IdxFiles.folder(temp.resolve("idx"), 20, 10);
    output = temp.resolve("deep/shards");
  }

  @Test
  void theOutputAppearsAlone() throws IOException {
    Manifest made = Preparations.mnist(idx, output, 2);
    assertEquals(20, made.split(Split.TRAIN).samples());
    assertEquals(List.of(2, 2, 2, 2, 2, 2, 2, 2, 2, 2), made.split(Split.TRAIN).classCounts());
    assertEquals(List.of(output), children());
  }

  @Test
  void theShardsAreTheSameWhoeverWritesThemInWhateverOrder() throws IOException {
    Preparations.mnist(idx, output, 3);
    Path other = temp.resolve("deep/backwards");
    TaskRunner backwards =
        new Preparations.InProcess() {
          @Override
          public <R> List<R> run(List<? extends PrepareTask<R>> tasks) throws IOException {
            List<PrepareTask<R>> turned = new ArrayList<>(tasks);
            Collections.reverse(turned);
            List<R> results = new ArrayList<>(super.run(turned));
            Collections.reverse(results);
            return results;
          }
        };
    Preparations.run(options(other, 3), backwards, false, false);
    assertEquals(samples(output), samples(other));
  }

  @Test
  void theManifestHasTheSumsOfAllPixelsHoweverTheyAreShared() throws IOException {
    PixelSums one = Preparations.mnist(idx, output, 1).split(Split.TRAIN).pixels();
    Path other = temp.resolve("deep/other");
    Preparations.mnist(idx, other, 7);
    assertEquals(one, open(other).pixelSums());
    try (Dataset images = new IdxFormat().open(new Configuration(), idx.toString(), Split.TRAIN)) {
      assertEquals(images.pixelSums(), one);
    }
  }

  @Test
  void theSumsAreThoseOfTheImagesAsTheyAreDecoded() throws Exception {
    Path folder = photographs();
    Preparations.run(Preparations.options("folder", folder.toString(), output.toString(), 2));
    ShardDataset train = open(output);
    assertEquals(Inspection.of(train, train.size(), 1).pixels(), train.pixelSums());
  }

  @Test
  void aManifestOfAnEarlierVersionHasNoSums() throws IOException {
    Preparations.mnist(idx, output, 2);
    Path manifest = output.resolve(Manifest.FILE);
    ObjectMapper json = new ObjectMapper();
    JsonNode tree = json.readTree(manifest.toFile());
    for (JsonNode split : tree.path("splits")) {
      assertTrue(((ObjectNode) split).remove("pixels").has("sum_of_squares"));
    }
    json.writeValue(manifest.toFile(), tree);
    assertFalse(open(output).pixelSums().known());
  }

  @Test
  void placesMayHaveColonsInTheirNames() throws IOException {
    Path named = IdxFiles.folder(temp.resolve("12:30"), 20, 10);
    Path shards = temp.resolve("deep/shards:v1");
    Preparations.mnist(named, shards, 2);
    assertEquals(20, open(shards).size());
    assertEquals(List.of(shards), children());
    for (String image : List.of("a:b/12:30.jpg", "a:b/#1 100%.jpg", "c?d/[x]*.jpg", "c?d/{}.jpg")) {
      photograph(temp.resolve("named").resolve(image), 8, 8, image.length());
    }
    Manifest made =
        Preparations.run(
            Preparations.options("folder", temp.resolve("named").toString(), output.toString(), 2));
    assertEquals(List.of("a:b", "c?d"), made.classNames());
    assertEquals(List.of(2, 2), made.split(Split.TRAIN).classCounts());
  }

  @Test
  void anInterruptedPreparationIsContinuedAndWritesNoShardTwice() throws IOException {
    TaskRunner dying =
        new Preparations.InProcess() {
          @Override
          <R> R runOne(PrepareTask<R> task) throws IOException {
            if (task instanceof WriteShard write && write.shard() == 2) {
              throw new IllegalStateException("killed");
            }
            return super.runOne(task);
          }
        };
    PrepareOptions options = options(output, 3);
    assertThrows(IllegalStateException.class, () -> Preparations.run(options, dying, false, false));
    Path hidden = temp.resolve("deep/.shards.preparing");
    assertEquals(List.of(hidden), children());
    Path first = hidden.resolve("train/shard-00000.seq");
    var written = Files.getLastModifiedTime(first);
    Preparations.run(options, Preparations.IN_PROCESS, false, false);
    assertEquals(List.of(output), children());
    assertEquals(written, Files.getLastModifiedTime(output.resolve("train/shard-00000.seq")));
    Path whole = temp.resolve("deep/whole");
    Preparations.mnist(idx, whole, 3);
    assertEquals(fingerprint(whole), fingerprint(output));
  }

  @Test
  void theRestOfAnotherPreparationIsInTheWayUntilItIsDiscarded() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () -> Preparations.run(options(output, 3), DYING, false, false));
    assertRefused(
        () -> Preparations.run(options(output, 2), Preparations.IN_PROCESS, false, false),
        ".shards.preparing",
        "--restart");
    Preparations.run(options(output, 2), Preparations.IN_PROCESS, false, true);
    assertEquals(List.of(output), children());
  }

  @Test
  void aPreparationIsNotContinuedWithAListOfClassesThatHasChanged() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () -> Preparations.run(options(output, 3), DYING, false, false));
    Files.writeString(idx.resolve("classes.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    assertRefused(
        () -> Preparations.run(options(output, 3), Preparations.IN_PROCESS, false, false),
        ".shards.preparing",
        "an input that has changed",
        "--restart");
  }

  @Test
  void aRecordWithAWrongChecksumIsLeftOutIfAskedFor() throws IOException {
    Path records = Files.createDirectories(temp.resolve("records"));
    Files.copy(Path.of("src/test/resources/tfrecord/damaged"), records.resolve("train-0"));
    Files.writeString(records.resolve("labels.txt"), "cat\ndog\n");
    PrepareOptions failing =
        Preparations.options("tfrecord", records.toString(), output.toString(), 1);
    assertRefused(() -> Preparations.run(failing), "b.png is corrupt: the checksum of its record");
    PrepareOptions skipping =
        new PrepareOptions(
            "tfrecord",
            records.toString(),
            output.toString(),
            1,
            0,
            95,
            0,
            OnCorrupt.SKIP,
            DecodeOptions.DEFAULT,
            SourceOptions.DEFAULT);
    Manifest made = Preparations.run(skipping);
    assertEquals(List.of(1, 1), made.split(Split.TRAIN).classCounts());
    assertEquals(1, made.split(Split.TRAIN).skipped());
  }

  @Test
  void anExistingOutputIsReplacedOnlyIfAskedForAndOnlyIfItHoldsShards() throws IOException {
    Preparations.mnist(idx, output, 2);
    assertRefused(() -> Preparations.mnist(idx, output, 3), output.toString(), "exists already");
    Preparations.run(options(output, 3), Preparations.IN_PROCESS, true, false);
    assertEquals(3, open(output).manifest().split(Split.TRAIN).shards().size());
    assertEquals(List.of(output), children());
    Path thesis = Files.createDirectories(temp.resolve("deep/thesis"));
    Files.writeString(thesis.resolve("thesis.txt"), "years of work");
    assertRefused(
        () -> Preparations.run(options(thesis, 1), Preparations.IN_PROCESS, true, false),
        "holds no shards, so it is not overwritten");
    assertTrue(Files.exists(thesis.resolve("thesis.txt")));
  }

  @Test
  void wrongUseIsRefusedAndWritesNothing() throws IOException {
    assertRefused(() -> Preparations.mnist(idx, output, 11), "10 samples", "11 shards");
    Files.delete(idx.resolve("t10k-labels-idx1-ubyte"));
    Path other = temp.resolve("other/shards");
    assertRefused(() -> Preparations.mnist(idx, other, 1), "t10k-labels-idx1-ubyte");
    assertFalse(Files.exists(temp.resolve("other")));
    assertRefused(
        () -> Preparations.run(Preparations.options("mnist", idx.toString(), "/", 1)),
        "root folder");
    Path file = Files.writeString(temp.resolve("file"), "x");
    IdxFiles.folder(idx, 20, 10);
    assertRefused(
        () -> Preparations.mnist(idx, file.resolve("shards"), 1), file.toString(), "written");
  }

  @Test
  void imagesOfManySizesAreStoredAsTheyAreOrScaled() throws IOException {
    Path folder = photographs();
    Preparations.run(Preparations.options("folder", folder.toString(), output.toString(), 2));
    ShardDataset train = open(output);
    assertTrue(train.imageShape().varies());
    assertEquals(3, train.imageShape().channels());
    assertEquals(List.of("cat", "dog"), train.classNames());
    Sample sample = new Sample();
    train.read(0, sample);
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("cat/0.jpg")),
        Arrays.copyOf(sample.file(), sample.fileLength()));
    Path small = temp.resolve("deep/small");
    PrepareOptions scaled =
        new PrepareOptions(
            "folder",
            folder.toString(),
            small.toString(),
            1,
            16,
            90,
            0,
            OnCorrupt.FAIL,
            DecodeOptions.DEFAULT,
            SourceOptions.DEFAULT);
    Manifest made = Preparations.run(scaled);
    assertEquals(6, made.split(Split.TRAIN).samples());
  }

  @Test
  void aShareOfTheTrainingImagesIsHeldOutByTheirNames() throws IOException {
    Path folder = temp.resolve("many");
    for (int i = 0; i < 200; i++) {
      photograph(folder.resolve("cat/" + i + ".jpg"), 8, 8, i);
    }
    PrepareOptions held =
        new PrepareOptions(
            "folder",
            folder.toString(),
            output.toString(),
            1,
            0,
            95,
            0.25,
            OnCorrupt.FAIL,
            DecodeOptions.DEFAULT,
            SourceOptions.DEFAULT);
    Manifest made = Preparations.run(held);
    int validation = made.split(Split.VALIDATION).samples();
    assertEquals(200, validation + made.split(Split.TRAIN).samples());
    assertEquals(50, validation, 25);
  }

  @Test
  void corruptImagesEndThePreparationOrAreLeftOutAndNamed() throws IOException {
    Path folder = photographs();
    Files.writeString(folder.resolve("dog/1.jpg"), "no image", StandardCharsets.UTF_8);
    assertRefused(
        () ->
            Preparations.run(
                Preparations.options("folder", folder.toString(), output.toString(), 2)),
        "dog/1.jpg",
        "--on-corrupt skip");
    PrepareOptions skipping =
        new PrepareOptions(
            "folder",
            folder.toString(),
            output.toString(),
            2,
            0,
            95,
            0,
            OnCorrupt.SKIP,
            DecodeOptions.DEFAULT,
            SourceOptions.DEFAULT);
    Manifest made = Preparations.run(skipping);
    assertEquals(5, made.split(Split.TRAIN).samples());
    assertEquals(1, made.split(Split.TRAIN).skipped());
    assertEquals(List.of(3, 2), made.split(Split.TRAIN).classCounts());
    assertTrue(Files.readString(output.resolve("skipped.txt")).startsWith("dog/1.jpg "));
    ShardDataset train = open(output);
    Sample sample = new Sample();
    for (int id = 0; id < 5; id++) {
      train.read(id, sample);
      assertEquals(id < 3 ? 0 : 1, sample.label());
    }
  }

  @Test
  void allUnusableImagesAreNamedInOneGoByTheirKinds() throws IOException {
    Path folder = photographs();
    Files.write(folder.resolve("cat/empty.jpg"), new byte[0]);
    Files.writeString(folder.resolve("cat/page.jpg"), "<!DOCTYPE html><html>");
    Files.writeString(folder.resolve("dog/a.jpg"), "RIFF1234WEBPVP8 ");
    Files.writeString(folder.resolve("dog/b.jpg"), "RIFF1234WEBPVP8L");
    Files.writeString(folder.resolve("dog/lfs.png"), "version https://git-lfs.github.com/spec/v1");
    PrepareOptions failing =
        Preparations.options("folder", folder.toString(), output.toString(), 4);
    assertRefused(
        () -> Preparations.run(failing),
        "5 of 11 images cannot be used: ",
        "1 empty file (cat/empty.jpg: ",
        "1 web page (cat/page.jpg: ",
        "2 WebP image (dog/a.jpg, dog/b.jpg: convert it to PNG or JPEG)",
        "1 pointer of Git LFS (dog/lfs.png: get the image with 'git lfs pull')",
        "--on-corrupt skip leaves them out");
    assertFalse(Files.exists(output));
    Manifest made = Preparations.run(skipping(failing));
    assertEquals(5, made.split(Split.TRAIN).skipped());
    assertEquals(
        "WebP image 2, empty file 1, pointer of Git LFS 1, web page 1", made.leftOut().toString());
    assertEquals(5, Files.readAllLines(output.resolve("skipped.txt")).size());
  }

  @Test
  void whoHasMendedTheInputNeedNotSayRestart() throws IOException {
    Path folder = photographs();
    Path bad = folder.resolve("dog/bad.jpg");
    Files.writeString(bad, "no image", StandardCharsets.UTF_8);
    PrepareOptions failing =
        Preparations.options("folder", folder.toString(), output.toString(), 2);
    assertRefused(() -> Preparations.run(failing), "dog/bad.jpg is text");
    photograph(bad, 50, 60, 7);
    Files.delete(folder.resolve("dog/0.jpg"));
    assertEquals(6, Preparations.run(failing).split(Split.TRAIN).samples());
  }

  @Test
  void drawingsOnTransparentPaperAreSeenAndCounted() throws IOException {
    Path folder = temp.resolve("drawings");
    BufferedImage drawing = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    drawing.setRGB(1, 1, 0xff000000);
    BufferedImage opaque = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 16; i++) {
      opaque.setRGB(i % 4, i / 4, 0xff000000 | i);
    }
    Files.createDirectories(folder.resolve("odd"));
    ImageIO.write(drawing, "png", folder.resolve("odd/drawing.png").toFile());
    ImageIO.write(opaque, "png", folder.resolve("odd/opaque.png").toFile());
    for (Background background : List.of(Background.WHITE, new Background(1, 2, 3))) {
      Path to = temp.resolve("deep/on" + background.red());
      PrepareOptions its = Preparations.options("folder", folder.toString(), to.toString(), 1);
      Manifest made = Preparations.run(on(its, background));
      assertEquals(
          Map.of(ImageNote.TRANSPARENT.text(), new Account.Tally(1, List.of("odd/drawing.png"))),
          made.noted().reasons());
      assertEquals(background.toString(), made.options().get("background"));
      Sample sample = new Sample();
      open(to).read(0, sample);
      // Whatever background a later decoder has: the pixels are decided here.
      ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT.on(Background.BLACK));
      decoder.open(sample.file(), sample.fileLength(), "the sample");
      Pixels pixels = new Pixels();
      decoder.decode(3, Region.whole(4, 4), pixels);
      assertEquals((byte) background.red(), pixels.values()[0]);
      assertEquals((byte) background.blue(), pixels.values()[2]);
      assertEquals(0, pixels.values()[3 * (4 + 1)]);
      assertEquals(Set.of(), decoder.notes());
    }
  }

  private static PrepareOptions skipping(PrepareOptions its) {
    return with(its, OnCorrupt.SKIP, its.decode());
  }

  private static PrepareOptions on(PrepareOptions its, Background background) {
    return with(its, its.onCorrupt(), its.decode().on(background));
  }

  private static PrepareOptions with(
      PrepareOptions its, OnCorrupt onCorrupt, DecodeOptions decode) {
    return new PrepareOptions(
        its.format(),
        its.input(),
        its.output(),
        its.shards(),
        its.shortSide(),
        its.quality(),
        its.validationShare(),
        onCorrupt,
        decode,
        its.reading());
  }

  @Test
  void truncatedImagesAreTakenAsFarAsTheyGoIfAskedFor() throws IOException {
    Path folder = photographs();
    Path file = folder.resolve("dog/1.jpg");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(
        () ->
            Preparations.run(
                Preparations.options("folder", folder.toString(), output.toString(), 2)),
        "dog/1.jpg ends too early");
    Path taken = temp.resolve("deep/taken");
    Preparations.run(
        new PrepareOptions(
            "folder",
            folder.toString(),
            taken.toString(),
            2,
            0,
            95,
            0,
            OnCorrupt.FAIL,
            new DecodeOptions(1 << 20, DecodeOptions.Truncated.DECODE),
            SourceOptions.DEFAULT));
    Sample sample = new Sample();
    open(taken).read(4, sample);
    ImageDecoder decoder = new ImageDecoder(DecodeOptions.DEFAULT);
    ImageHeader header = decoder.open(sample.file(), sample.fileLength(), "the sample");
    // Decoders differ on what is missing; what they agree on is stored.
    assertEquals(Format.PNG, header.format());
    assertEquals(30, header.height());
  }

  @Test
  void whatIsLeftOutIsKeptInTheManifestHoweverManyPartsThereAre() throws IOException {
    Path folder = photographs();
    Files.writeString(folder.resolve("dog/1.jpg"), "no image", StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("dog/3.webp"), "RIFF", StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("cat/.DS_Store"), "x", StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("LICENSE"), "x", StandardCharsets.UTF_8);
    Preparations.run(
        new PrepareOptions(
            "folder",
            folder.toString(),
            output.toString(),
            2,
            0,
            95,
            0.3,
            OnCorrupt.SKIP,
            DecodeOptions.DEFAULT,
            SourceOptions.DEFAULT));
    assertEquals(
        "beside the folders of classes 1, ending .webp 1, system files and folders 1, text 1",
        open(output).manifest().leftOut().toString());
  }

  @Test
  void manifestsWithoutAnAccountAreRead() throws IOException {
    Preparations.mnist(idx, output, 2);
    Path manifest = output.resolve(Manifest.FILE);
    String json = Files.readString(manifest);
    assertTrue(json.contains("\"left_out\" : { },"), json);
    Files.writeString(manifest, json.replace("\"left_out\" : { },", ""));
    assertTrue(open(output).manifest().leftOut().isEmpty());
  }

  @Test
  void oddClassesAreTold() throws IOException {
    Path folder = photographs();
    Files.move(folder.resolve("dog"), folder.resolve("Cat"));
    PrepareOptions odd = Preparations.options("folder", folder.toString(), output.toString(), 1);
    assertEquals(
        List.of("the classes Cat and cat differ in capital letters only"),
        new Preparation(odd, new Configuration(), false).notices());
    Files.move(folder.resolve("Cat"), temp.resolve("elsewhere"));
    assertEquals(
        List.of("there is one class only, cat: a network learns nothing of it"),
        new Preparation(odd, new Configuration(), false).notices());
  }

  private Path photographs() throws IOException {
    Path folder = temp.resolve("photographs");
    for (int i = 0; i < 3; i++) {
      photograph(folder.resolve("cat/" + i + ".jpg"), 20 + i, 30, i);
      photograph(folder.resolve("dog/" + i + ".jpg"), 30, 20 + 3 * i, 10 + i);
    }
    return folder;
  }

  private static void photograph(Path file, int height, int width, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    Pixels pixels = new Pixels();
    byte[] values = new byte[height * width * 3];
    new Random(seed).nextBytes(values);
    System.arraycopy(values, 0, pixels.begin(height, width, 3), 0, values.length);
    Files.write(file, JpegEncoder.encode(pixels, 90));
  }

  private PrepareOptions options(Path to, int shards) {
    return Preparations.options("mnist", idx.toString(), to.toString(), shards);
  }

  private static ShardDataset open(Path shards) throws IOException {
    return ShardDataset.open(new Configuration(), shards.toString(), Split.TRAIN);
  }

  private static String fingerprint(Path shards) throws IOException {
    try (ShardDataset dataset = open(shards)) {
      return dataset.fingerprint();
    }
  }

  /** What each sample holds; SequenceFile's sync marks differ from file to file. */
  private static Map<Integer, String> samples(Path shards) throws IOException {
    Map<Integer, String> samples = new TreeMap<>();
    Sample sample = new Sample();
    try (ShardDataset dataset = open(shards)) {
      for (int id = 0; id < dataset.size(); id++) {
        dataset.read(id, sample);
        samples.put(
            id,
            sample.label()
                + Arrays.toString(
                    Arrays.copyOf(sample.pixels().values(), sample.pixels().elements())));
      }
    }
    return samples;
  }

  private List<Path> children() throws IOException {
    if (!Files.exists(output.getParent())) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(output.getParent())) {
      return list.sorted().toList();
    }
  }
}
