package dev.convoy.data.source.folder;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.Split;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceTestBase;
import dev.convoy.data.source.files.SplitName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;

class FolderFormatTest extends SourceTestBase {
  @Override
  protected SourceFormat format() {
    return new FolderFormat();
  }

  @Test
  void classesAreFoldersInTheOrderOfTheirNamesAndImagesLieAtAnyDepth() throws IOException {
    write("dog/b.jpg", "dog b");
    write("dog/a/z.JPEG", "dog a z");
    write("cat/1.png", "cat 1");
    write("cat/notes.txt", "no image");
    write("cat/.hidden.jpg", "hidden");
    write(".cache/x.jpg", "no class");
    assertEquals(List.of("cat", "dog"), open().classNames());
    assertEquals(
        List.of("0 cat/1.png cat 1", "1 dog/a/z.JPEG dog a z", "1 dog/b.jpg dog b"),
        contents(Split.TRAIN));
    assertEquals(List.of(), contents(Split.VALIDATION));
  }

  /** A local disk whose owners and permissions, a process a file, are not to be asked for. */
  public static final class WithoutPermissions extends RawLocalFileSystem {
    @Override
    protected RemoteIterator<LocatedFileStatus> listLocatedStatus(
        org.apache.hadoop.fs.Path path, PathFilter filter) {
      throw new AssertionError("asked for the permissions in " + path);
    }
  }

  @Test
  void filesAreListedWithoutAProcessForEach() throws IOException {
    write("cat/1.jpg", "1");
    write("cat/.cache/2.jpg", "hidden");
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", WithoutPermissions.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    Source source = format().open(hadoop, input.toString());
    List<Entry> entries = new ArrayList<>();
    source.list(source.parts(Split.TRAIN, new Account()).get(0), entries::add, new Account());
    assertEquals(1, entries.size());
  }

  @Test
  void splitsAreToldByTheUsualNamesInAnyCase() throws IOException {
    for (String train : List.of("train", "Train", "TRAIN", "Training", "training_set")) {
      for (String validation :
          List.of("val", "Valid", "VALIDATION", "dev", "Testing", "test_set")) {
        Path folder = input.resolve(train + "-" + validation);
        for (String name : List.of("/cat/1.jpg", "/dog/2.jpg")) {
          write(folder.resolve(train) + name, "x");
          write(folder.resolve(validation) + name, "x");
        }
        Source source = format().open(HADOOP, folder.toString());
        assertEquals(List.of("cat", "dog"), source.classNames(), folder.toString());
        assertEquals(2, source.parts(Split.TRAIN, new Account()).size(), folder.toString());
        assertEquals(2, source.parts(Split.VALIDATION, new Account()).size(), folder.toString());
        assertEquals(
            SplitName.of(validation).orElseThrow() == SplitName.TEST,
            source.notices().toString().contains("stands in for validation"));
      }
    }
  }

  @Test
  void validationClassesAreFoundByName() throws IOException {
    write("train/cat/1.jpg", "1");
    write("train/dog/2.jpg", "2");
    write("val/dog/3.jpg", "3");
    assertEquals(List.of("1 val/dog/3.jpg 3"), contents(Split.VALIDATION));
    assertEquals(2, contents(Split.TRAIN).size());
    write("val/Cat/4.jpg", "4");
    assertRefused(() -> entries(Split.VALIDATION), "val/Cat", "they have 'cat'", "case");
    write("val/cow/4.jpg", "4");
    Files.move(input.resolve("val/Cat"), input.resolve("val/cat"));
    assertRefused(() -> entries(Split.VALIDATION), "val/cow", "training images do not have");
  }

  @Test
  void testImagesAreLeftOutBesideValidationImagesAndWithoutLabels() throws IOException {
    write("train/cat/1.jpg", "1");
    write("train/dog/2.jpg", "2");
    write("test/9.jpg", "unlabelled");
    assertEquals(List.of(), contents(Split.VALIDATION));
    assertTrue(open().notices().get(0).contains("test is left out"), open().notices().toString());
    assertEquals(1, leftOut().reasons().get("beside the splits").count());
    write("valid/cat/3.jpg", "3");
    assertEquals(List.of("0 valid/cat/3.jpg 3"), contents(Split.VALIDATION));
    write("test/cat/4.jpg", "4");
    assertEquals(List.of("0 valid/cat/3.jpg 3"), contents(Split.VALIDATION));
    assertTrue(open().notices().get(0).contains("valid is the validation split"));
  }

  @Test
  void whatCouldBeUnderstoodInTwoWaysIsRefused() throws IOException {
    write("two/train/cat/1.jpg", "1");
    write("two/Training/cat/1.jpg", "1");
    assertRefused(() -> open("two"), "Training, train", "only one can be the train split");
    write("vals/train/cat/1.jpg", "1");
    write("vals/val/cat/1.jpg", "1");
    write("vals/valid/cat/1.jpg", "1");
    assertRefused(() -> open("vals"), "val, valid", "validation split");
    write("testAmongClasses/cat/1.jpg", "1");
    write("testAmongClasses/test/1.jpg", "1");
    assertRefused(() -> open("testAmongClasses"), "has test", "classes (cat)", "rename it");
    write("untrained/val/cat/1.jpg", "1");
    write("untrained/test/cat/1.jpg", "1");
    assertRefused(() -> open("untrained"), "no folder train");
    write("flat/train/cat.1.jpg", "1");
    write("flat/test/1.jpg", "1");
    assertRefused(() -> open("flat"), "train has no folders of classes", "ending .jpg 1");
  }

  @Test
  void aClassMayBeCalledTrain() throws IOException {
    write("bus/1.jpg", "1");
    write("train/2.jpg", "2");
    assertEquals(List.of("bus", "train"), open().classNames());
    assertTrue(open().notices().get(0).contains("train is taken for a class"));
  }

  @Test
  void anInputOneLevelTooHighIsRefusedWithThePathThatIsMeant() throws IOException {
    write("flowers/daisy/1.jpg", "1");
    write("flowers/rose/2.jpg", "2");
    assertRefused(
        () -> open().parts(Split.TRAIN, new Account()),
        "one folder of a class, flowers",
        "daisy, rose",
        "is file:" + input + "/flowers meant?");
    write("deep/a/b/train/cat/1.jpg", "1");
    write("deep/a/b/val/cat/1.jpg", "1");
    assertRefused(() -> list("deep"), "deep/a/b meant?");
    write("split/train/images/cat/1.jpg", "1");
    write("split/train/images/dog/1.jpg", "1");
    assertRefused(() -> list("split"), "they belong into", "split/train itself");
    write("datasets/one/train/cat/1.jpg", "1");
    write("datasets/one/val/cat/1.jpg", "1");
    write("datasets/two/train/cat/1.jpg", "1");
    write("datasets/two/val/cat/1.jpg", "1");
    assertRefused(() -> list("datasets"), "one is taken for a class", "train, val");
    write("folds/fold1/cat/1.jpg", "1");
    write("folds/fold1/dog/1.jpg", "1");
    write("folds/fold2/cat/1.jpg", "1");
    write("folds/fold2/dog/1.jpg", "1");
    assertTrue(open("folds").notices().get(0).contains("fold1, fold2 holds the folders cat, dog"));
  }

  @Test
  void whatWasUnpackedTwiceIsReadFromTheInnerFolders() throws IOException {
    write("seg_train/seg_train/sea/1.jpg", "1");
    write("seg_train/seg_train/ice/2.jpg", "2");
    write("seg_test/seg_test/sea/3.jpg", "3");
    assertEquals(List.of("ice", "sea"), open().classNames());
    assertEquals(List.of("1 seg_test/seg_test/sea/3.jpg 3"), contents(Split.VALIDATION));
    assertTrue(open().notices().get(0).contains("seg_train/seg_train is read"));
  }

  @Test
  void validationImagesOfTinyImageNetAreLabelledByTheirAnnotations() throws IOException {
    write("train/n02/images/n02_0.JPEG", "a");
    write("train/n02/n02_boxes.txt", "");
    write("train/n01/images/n01_0.JPEG", "b");
    write("val/images/val_0.JPEG", "c");
    write("val/images/val_1.JPEG", "d");
    write("val/val_annotations.txt", "val_0.JPEG\tn02\t0\t0\t9\t9\nval_1.JPEG\tn01\t0\t0\t9\t9\n");
    write("test/images/test_0.JPEG", "e");
    assertEquals(List.of("1 val_0.JPEG c", "0 val_1.JPEG d"), contents(Split.VALIDATION));
    write("val/images/val_2.JPEG", "x");
    assertRefused(() -> entries(Split.VALIDATION), "val_2.JPEG", "does not tell its class");
    Files.delete(input.resolve("val/val_annotations.txt"));
    assertRefused(this::open, "val has no folders of classes", "INPUT/val/CLASS/image.jpg");
  }

  @Test
  void everyItemIsTakenOrCountedUnderItsReason() throws IOException {
    write("dataset.md", "about");
    write(".DS_Store", "x");
    write("@eaDir/1.jpg", "thumbnail");
    write("$RECYCLE.BIN/1.jpg", "deleted");
    write("__MACOSX/cat/._1.jpg", "x");
    write("cat/1.jpg", "x");
    write("cat/2.JFIF", "x");
    write("cat/Thumbs.db", "x");
    write("cat/._1.jpg", "x");
    write("cat/.hidden.jpg", "x");
    write("cat/.cache/x.jpg", "x");
    write("cat/notes.txt", "x");
    write("cat/1.jpg~", "\u00ff\u00d8\u00ffa copy");
    write("cat/3.webp", "RIFF....WEBP");
    write("cat/4.webp", "RIFF....WEBP");
    write("cat/5.webp", "\u00ff\u00d8\u00ff JPEG in truth");
    write("cat/6", "GIF8 without ending");
    write("cat/7", "nothing known");
    write("cat/8", "");
    assertEquals(
        List.of("cat/1.jpg", "cat/2.JFIF", "cat/5.webp", "cat/6"),
        entries(Split.TRAIN).stream().map(Entry::name).toList());
    assertEquals(
        "beside the folders of classes 1, empty files 1, ending .jpg~ 1, ending .txt 1, ending .webp 2,"
            + " hidden files and folders 1, no ending 1, system files and folders 7",
        leftOut().toString());
    assertEquals(
        List.of("cat/3.webp", "cat/4.webp"), leftOut().reasons().get("ending .webp").examples());
  }

  @Test
  void linksAreFollowedOnceAndCountedWhereTheyLeadNowhere() throws IOException {
    write("pool/1.jpg", "1");
    write("pool/2.jpg", "2");
    write("data/dog/3.jpg", "3");
    Path cat = input.resolve("data/cat");
    Files.createSymbolicLink(cat, input.resolve("pool"));
    Files.createSymbolicLink(input.resolve("pool/again"), input.resolve("pool"));
    Files.createSymbolicLink(input.resolve("pool/up"), input.resolve("data"));
    Files.createSymbolicLink(input.resolve("pool/all"), Path.of("/"));
    Files.createSymbolicLink(input.resolve("pool/4.jpg"), Path.of("nowhere.jpg"));
    Files.createSymbolicLink(input.resolve("pool/5.jpg"), Path.of("5.jpg"));
    Files.createDirectories(input.resolve("pool/sub"));
    write("pool/sub/6.jpg", "6");
    Files.createSymbolicLink(input.resolve("pool/tub"), Path.of("sub"));
    input = input.resolve("data");
    assertEquals(
        List.of("0 cat/1.jpg 1", "0 cat/2.jpg 2", "0 cat/sub/6.jpg 6", "1 dog/3.jpg 3"),
        contents(Split.TRAIN));
    assertEquals(
        "dangling links 1, links to folders that are read already 1, loops of links 4",
        leftOut().toString());
    Files.createSymbolicLink(input.resolve("lion"), cat);
    assertRefused(this::open, "cat and lion", "one folder by a link");
  }

  @Test
  void namesInTwoUnicodeFormsAreOneName() throws IOException {
    String composed = "caf\u00e9";
    String decomposed = "cafe\u0301";
    write("train/" + composed + "/1.jpg", "1");
    write("train/cafz/2.jpg", "2");
    write("val/" + decomposed + "/3.jpg", "3");
    assertEquals(List.of("cafz", composed), open().classNames());
    assertEquals(List.of("1 val/" + composed + "/3.jpg 3"), contents(Split.VALIDATION));
    assertTrue(open().notices().get(0).contains("two Unicode forms"));
    write("train/" + decomposed + "/4.jpg", "4");
    assertRefused(this::open, "two folders of the class", "caf%C3%A9", "cafe%CC%81");
  }

  @Test
  void namesWithOddCharactersAreReadOrRefusedByThem() throws IOException {
    write("a:b/1#2 %41.jpg", "1");
    write("a:b/tab\there\nline.jpg", "2");
    write("c d?*[x]/-.jpg", "3");
    assertEquals(
        List.of("0 a:b/1#2 %41.jpg 1", "0 a:b/tab here line.jpg 2", "1 c d?*[x]/-.jpg 3"),
        contents(Split.TRAIN));
    write("red\u001b[31m/1.jpg", "4");
    assertRefused(this::open, "red%1B%5B31m", "control character");
  }

  @Test
  void aNameThatIsNoTextIsRefused() throws Exception {
    write("cat/1.jpg", "1");
    shell("mkdir \"$1/$(printf 'B\\344r')\"");
    assertRefused(this::open, "not valid UTF-8", "B%E4r", "rename it");
  }

  @Test
  void aPosixLocaleIsNamedWhereItCannotReadNames() throws Exception {
    write("train/B\u00e4r/1.jpg", "1");
    write("train/Hund/2.jpg", "2");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Lister.class.getName(),
            input.toString());
    builder.environment().put("LC_ALL", "POSIX");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.contains("LC_ALL=POSIX"), said);
    assertTrue(said.contains("B%C3%A4r"), said);
    assertTrue(said.contains("LC_ALL=C.UTF-8"), said);
  }

  /** Opens an input in a process of its own and says why it is refused. */
  static final class Lister {
    public static void main(String[] args) throws IOException {
      try {
        new FolderFormat().open(new Configuration(), args[0]);
      } catch (DataException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void foldersThatMayNotBeReadAreNamed() throws Exception {
    write("cat/1.jpg", "1");
    write("cat/locked/2.jpg", "2");
    assumeFalse(System.getProperty("user.name").equals("root"), "root may read everything");
    shell("chmod 000 \"$1/cat/locked\"");
    try {
      assertRefused(() -> entries(Split.TRAIN), "cat/locked", "may not be read");
    } finally {
      shell("chmod 755 \"$1/cat/locked\"");
    }
  }

  @Test
  void whatIsNoFolderOfClassesIsRefused() throws IOException {
    assertRefused(this::open, input.toString(), "no folders of classes", "INPUT/CLASS/image.jpg");
    Files.createDirectories(input.resolve("cat"));
    assertRefused(() -> entries(Split.TRAIN), "cat has no images: it is empty");
    write("cat/1.webp", "x");
    write("cat/2.txt", "x");
    assertRefused(
        () -> entries(Split.TRAIN), "cat has no images, only: ending .txt 1, ending .webp 1");
  }

  private Source open(String folder) throws IOException {
    return format().open(HADOOP, input.resolve(folder).toString());
  }

  private void list(String folder) throws IOException {
    Source source = open(folder);
    for (String part : source.parts(Split.TRAIN, new Account())) {
      source.list(part, entry -> {}, new Account());
    }
  }

  private void shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script, "bash", input.toString()).inheritIO().start();
    assertEquals(0, process.waitFor());
  }
}
