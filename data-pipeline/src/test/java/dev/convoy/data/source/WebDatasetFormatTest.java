package dev.convoy.data.source;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.Split;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebDatasetFormatTest extends SourceTestBase {
  @Override
  SourceFormat format() {
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
    assertRefused(() -> entries(Split.TRAIN), "no files train*.tar");
    write("train-0.tar", tar(members("1.jpg", "one", "2.cls", "0", "2.jpg", "two")));
    assertRefused(() -> entries(Split.TRAIN), "1 in ", "train-0.tar has no .cls beside it");
    write("train-0.tar", tar(members("1.cls", "0")));
    assertRefused(() -> entries(Split.TRAIN), "has no image beside it");
    write("train-0.tar", tar(members("1.cls", "7", "1.jpg", "one")));
    assertRefused(() -> entries(Split.TRAIN), "is the class 7, allowed are 0 to 1");
    write("train-0.tar", tar(members("1.cls", "cat", "1.jpg", "one")));
    assertRefused(() -> entries(Split.TRAIN), "is 'cat', not the number of a class");
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
}
