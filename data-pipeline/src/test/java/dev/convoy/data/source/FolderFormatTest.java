package dev.convoy.data.source;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
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
