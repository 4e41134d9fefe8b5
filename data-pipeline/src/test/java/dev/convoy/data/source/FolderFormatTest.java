package dev.convoy.data.source;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Account;
import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;

class FolderFormatTest extends SourceTestBase {
  @Override
  SourceFormat format() {
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
    protected RemoteIterator<LocatedFileStatus> listLocatedStatus(Path path, PathFilter filter) {
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
  void aFolderTrainTellsTheSplits() throws IOException {
    write("train/cat/1.jpg", "1");
    write("train/dog/2.jpg", "2");
    write("val/dog/3.jpg", "3");
    assertEquals(List.of("1 val/dog/3.jpg 3"), contents(Split.VALIDATION));
    assertEquals(2, contents(Split.TRAIN).size());
    write("val/cow/4.jpg", "4");
    assertRefused(() -> entries(Split.VALIDATION), "val/cow", "training images do not have");
  }

  @Test
  void whatIsNoFolderOfClassesIsRefused() throws IOException {
    assertRefused(this::open, input.toString(), "no folders of classes", "INPUT/CLASS/image.jpg");
    Files.createDirectories(input.resolve("cat"));
    assertRefused(() -> entries(Split.TRAIN), "cat has no images");
  }
}
