package dev.convoy.data.source.webdataset;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Split;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.SourceTestBase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebDatasetFormatTest extends SourceTestBase {
  @Override
  protected SourceFormat format() {
    return new WebDatasetFormat();
  }

  private static Map<String, byte[]> members(String... namesAndContents) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      members.put(namesAndContents[i], bytes(namesAndContents[i + 1]));
    }
    return members;
  }

  @Test
  void anImageAndItsClassBelongTogetherWhicheverComesFirst() throws IOException {
    write("classes.txt", "cat\ndog\n");
    write(
        "train-000.tar",
        tar(members("a/1.cls", "1\n", "a/1.jpg", "one", "a/2.png", "two", "a/2.cls", "0")));
    write("train-001.tar", tar(members("3.jpg", "three", "3.json", "{}", "3.cls", "1")));
    write("val-000.tar", tar(members("4.cls", "0", "4.jpeg", "four")));
    assertEquals(List.of("cat", "dog"), open().classNames());
    assertEquals(List.of("1 a/1.jpg one", "0 a/2.png two", "1 3.jpg three"), contents(Split.TRAIN));
    assertEquals(List.of("0 4.jpeg four"), contents(Split.VALIDATION));
  }

  @Test
  void whatIsNotWholeIsNamed() throws IOException {
    assertRefused(this::open, "no classes.txt");
    write("classes.txt", "cat\ndog\n");
    assertRefused(() -> entries(Split.TRAIN), "no training files", "there is classes.txt");
    write("train-0.tar", tar(members("1.jpg", "one", "2.cls", "0", "2.jpg", "two")));
    assertRefused(() -> entries(Split.TRAIN), "1 in ", "train-0.tar has no .cls beside it");
    write("train-0.tar", tar(members("1.cls", "0")));
    assertRefused(() -> entries(Split.TRAIN), "has no image beside it");
    write("train-0.tar", tar(members("1.cls", "7", "1.jpg", "one")));
    assertRefused(() -> entries(Split.TRAIN), "is the class 7, allowed are 0 to 1");
    write("train-0.tar", tar(members("1.cls", "cow", "1.jpg", "one")));
    assertRefused(() -> entries(Split.TRAIN), "is 'cow', neither the number of a class nor a name");
  }

  @Test
  void anArchiveThatIsTruncatedOrCompressedOrNoneIsNamed() throws IOException {
    write("classes.txt", "cat\n");
    byte[] whole = tar(members("1.cls", "0", "1.jpg", "x".repeat(5000)));
    write("train-0.tar", Arrays.copyOf(whole, 3000));
    assertRefused(() -> entries(Split.TRAIN), "train-0.tar is truncated", "1.jpg needs 5,000");
    write("train-0.tar", zipped(whole));
    assertRefused(() -> entries(Split.TRAIN), "train-0.tar is compressed");
    write("train-0.tar", "x".repeat(2000));
    assertRefused(() -> entries(Split.TRAIN), "train-0.tar is no tar");
  }

  @Test
  void longNamesOfGnuTarsAreMembersLikeOthers() throws IOException {
    write("classes.txt", "cat\n");
    String key = "d/".repeat(80) + "1";
    write("train-0.tar", tar(members(key + ".cls", "0", key + ".jpg", "one")));
    assertEquals(List.of("0 " + key + ".jpg one"), contents(Split.TRAIN));
  }

  private List<String> training(String... namesAndContents) throws IOException {
    return training(SourceOptions.DEFAULT, namesAndContents);
  }

  private List<String> training(SourceOptions options, String... namesAndContents)
      throws IOException {
    write("classes.txt", "cat\ndog\n");
    write("train-0.tar", tar(members(namesAndContents)));
    return contents(Split.TRAIN, options);
  }

  @Test
  void membersOfASampleNeedNotFollowEachOther() throws IOException {
    assertEquals(
        List.of("0 1.jpg one", "1 2.jpg two", "1 d.x/1.jpg three"),
        training(
            "1.cls",
            "0",
            "2.cls",
            "1",
            "d.x/1.cls",
            "1",
            "d.x/1.jpg",
            "three",
            "2.jpg",
            "two",
            "1.jpg",
            "one"));
  }

  @Test
  void endingsCountInAnyCase() throws IOException {
    assertEquals(List.of("1 1.JPG one"), training("1.CLS", "1", "1.JPG", "one"));
  }

  @Test
  void twoImagesOfAKeyAreNamedUnlessOneIsAskedFor() throws IOException {
    String[] members = {"1.cls", "1", "1.jpg", "one", "1.seg.png", "mask", "1.txt", "a dog"};
    assertRefused(
        () -> training(members), "1 in ", "two images, 1.jpg and 1.seg.png", "--image-key jpg");
    assertEquals(List.of("1 1.jpg one"), training(new SourceOptions("jpg", null, -1), members));
    assertEquals(
        "ending .png 1, ending .txt 1", leftOut(new SourceOptions("jpg", null, -1)).toString());
    assertEquals(
        List.of("1 1.seg.png mask"), training(new SourceOptions(".SEG.png", null, -1), members));
    assertRefused(
        () -> training(new SourceOptions("webp", null, -1), members),
        "1 in ",
        "has no .webp beside it (there is .cls, .jpg, .seg.png, .txt)");
    assertRefused(
        () -> training("1.cls", "1", "1.jpg", "one", "1.JPG", "two"),
        "two images, 1.jpg and 1.JPG; each key may have one");
    assertRefused(
        () -> training("1.cls", "1", "1.jpg", "one", "1.CLS", "0"), "two labels, 1.cls and 1.CLS");
  }

  @Test
  void classesAreNumbersOrNamesAloneOrInJson() throws IOException {
    for (String label :
        List.of(
            "1",
            "1\n",
            "001\r\n",
            "\u00ef\u00bb\u00bf1",
            "dog",
            "Dog",
            "\"1\"",
            "{\"label\": 1}",
            "{\"class_name\": \"dog\", \"width\": 5}")) {
      assertEquals(List.of("1 1.jpg one"), training("1.cls", label, "1.jpg", "one"), label);
    }
    assertRefused(() -> training("1.cls", "", "1.jpg", "one"), "1.cls in ", "has 0 lines");
    assertRefused(() -> training("1.cls", "[0, 1]", "1.jpg", "one"), "one class, not several");
    assertRefused(() -> training("1.cls", "0\n1", "1.jpg", "one"), "has 2 lines");
    assertRefused(() -> training("1.cls", "\u00b9", "1.jpg", "one"), "not text in UTF-8");
    assertRefused(() -> training("1.cls", "-1", "1.jpg", "one"), "'-1', neither the number");
  }

  @Test
  void jsonTellsTheClassWhereThereIsNoCls() throws IOException {
    for (String json :
        List.of(
            "{\"label\": 1, \"filename\": \"x.jpg\"}",
            "{\"cls\": 1.0}",
            "{\"class\": \"dog\"}",
            "{\"label\": null, \"target\": \"1\"}",
            "{\"label\": 1, \"class_name\": \"dog\"}",
            "{\"label\": 1, \"class_name\": \"Canis familiaris\"}")) {
      assertEquals(List.of("1 1.jpg one"), training("1.jpg", "one", "1.json", json), json);
    }
    assertRefused(
        () -> training("1.jpg", "one", "1.json", "{\"caption\": \"a dog\", \"url\": \"u\"}"),
        "1.json in ",
        "tells no class: it has the keys caption, url, but none of cls, label",
        "--label-key json:KEY");
    assertRefused(
        () -> training("1.jpg", "one", "1.json", "{\"label\": 1, \"class_name\": \"cat\"}"),
        "tells two classes: label is 1, class_name is cat",
        "--first-label 1");
    assertRefused(
        () -> training("1.jpg", "one", "1.json", "{\"label\": 2, \"class_name\": \"dog\"}"),
        "is the class 2, allowed are 0 to 1",
        "--first-label 1");
    assertRefused(
        () -> training("1.jpg", "one", "1.json", "{\"label\": [0, 1]}"), "one class, not several");
    assertRefused(() -> training("1.jpg", "one", "1.json", "{"), "is no valid JSON");
    SourceOptions caption = new SourceOptions(null, "json:caption", -1);
    assertEquals(
        List.of("0 1.jpg one"),
        training(caption, "1.jpg", "one", "1.json", "{\"caption\": \"cat\", \"label\": 1}"));
    assertRefused(
        () -> training(caption, "1.jpg", "one", "1.json", "{\"label\": 1}"), "none of caption");
    assertEquals(
        List.of("0 1.jpg one"),
        training(new SourceOptions(null, "txt", -1), "1.jpg", "one", "1.txt", "cat"));
    assertRefused(
        () -> training("1.jpg", "one", "1.txt", "cat"),
        "has no .cls beside it (there is .jpg, .txt); --label-key");
  }

  @Test
  void labelsCountFromOneIfThatIsSaid() throws IOException {
    String[] members = {"1.jpg", "one", "1.cls", "2"};
    assertRefused(() -> training(members), "is the class 2, allowed are 0 to 1", "--first-label 1");
    SourceOptions one = new SourceOptions(null, null, 1);
    assertEquals(List.of("1 1.jpg one"), training(one, members));
    assertRefused(
        () -> training(one, "1.jpg", "one", "1.cls", "0"), "allowed are 1 to 2", "--first-label 0");
    training(one, members);
    write("classes.txt", "1:cat\n2:dog\n");
    assertEquals(List.of("1 1.jpg one"), contents(Split.TRAIN));
  }

  @Test
  void whatBelongsToNoSampleIsCounted() throws IOException {
    training(
        "1.jpg",
        "one",
        "1.cls",
        "1",
        "._1.jpg",
        "mac",
        "README",
        "x",
        "info.json",
        "{}",
        "2.webp",
        "w");
    assertEquals(
        "ending .json 1, ending .webp 1, no ending 1, system files and folders 1",
        leftOut(SourceOptions.DEFAULT).toString());
  }

  @Test
  void shardsOfManyNamesAreFound() throws IOException {
    write("classes.txt", "cat\n");
    byte[] shard = tar(members("1.cls", "0", "1.jpg", "one"));
    write("imagenet1k-train-0000.tar", shard);
    write("imagenet1k-train-0001.TAR", shard);
    write("imagenet1k-validation-00.tar", shard);
    write("imagenet1k-test-00.tar", shard);
    write("extra.tar", shard);
    write("_info.json", "{}");
    assertEquals(2, entries(Split.TRAIN).size());
    assertEquals(1, entries(Split.VALIDATION).size());
    assertEquals("files of no split 1, test files 1", leftOut(SourceOptions.DEFAULT).toString());
    assertEquals(
        List.of("the test files are left out: there are files for validation"), open().notices());
    Files.delete(input.resolve("imagenet1k-validation-00.tar"));
    assertEquals(1, entries(Split.VALIDATION).size());
    assertTrue(open().notices().get(0).startsWith("the test files stand in for validation"));
    write("cifar-train-0000.tar", shard);
    assertRefused(this::open, "several datasets", "'cifar-', 'imagenet#k-'");
    Files.delete(input.resolve("cifar-train-0000.tar"));
    write("train-val-0000.tar", shard);
    assertRefused(this::open, "train-val-0000.tar has words of several splits");
  }

  @Test
  void packedShardsAreNamedWithWhatToDo() throws IOException {
    write("classes.txt", "cat\n");
    byte[] shard = tar(members("1.cls", "0", "1.jpg", "one"));
    write("Training/a.tar.gz", zipped(shard));
    assertRefused(
        () -> entries(Split.TRAIN), "a.tar.gz is compressed by gzip", "gzip -dc a.tar.gz > a.tar");
    write("Training/a.tar", shard);
    assertEquals(1, entries(Split.TRAIN).size());
    assertEquals("packed copies of files beside them 1", leftOut(SourceOptions.DEFAULT).toString());
    // A plain tar under the name of a packed one is what it is.
    Files.delete(input.resolve("Training/a.tar"));
    write("Training/a.tar.gz", shard);
    assertEquals(1, entries(Split.TRAIN).size());
  }
}
