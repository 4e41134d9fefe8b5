package dev.convoy.data.text;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.data.DataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextLinesTest {
  private static List<String> lines(String text, Charset charset) {
    return lines(text.getBytes(charset));
  }

  private static List<String> lines(byte[] bytes) {
    return TextLines.decode(bytes, "labels.txt").lines().stream()
        .map(TextLines.Line::text)
        .toList();
  }

  @Test
  void everySystemsTextIsTheSameLines() {
    List<String> expected = List.of("Gänseblümchen", "", "rosa canina");
    for (String text :
        List.of(
            "Gänseblümchen\n\nrosa canina",
            "Gänseblümchen\n\nrosa canina\n",
            "  Gänseblümchen\t\r\n\u00a0\r\nrosa canina\r\n\r\n  \r\n",
            "Gänseblümchen\r\rrosa canina\r")) {
      assertEquals(expected, lines(text, StandardCharsets.UTF_8));
      assertEquals(expected, lines("\ufeff" + text, StandardCharsets.UTF_8));
      assertEquals(expected, lines("\ufeff" + text, StandardCharsets.UTF_16LE));
      assertEquals(expected, lines("\ufeff" + text, StandardCharsets.UTF_16BE));
    }
    assertEquals(List.of(), lines("\ufeff\n \n", StandardCharsets.UTF_8));
    // The joiner of Persian names is no control character.
    assertEquals(List.of("می\u200cخواهم"), lines("می\u200cخواهم", StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNotCertainIsRefusedWithItsLine() {
    assertRefused(
        () -> lines("a\nb\r\nblå\n", StandardCharsets.ISO_8859_1),
        "labels.txt, line 3: is not text in UTF-8",
        "iconv");
    assertRefused(
        () -> lines(new byte[] {(byte) 0xff}), "labels.txt, line 1: is not text in UTF-8");
    assertRefused(
        () -> lines(new byte[] {(byte) 0xff, (byte) 0xfe, 'a'}), "line 1: is not text in UTF-16");
    assertRefused(
        () -> lines("a\nb", StandardCharsets.UTF_16LE), "line 1", "U+0000", "byte order mark");
    assertRefused(
        () -> lines("a\nb\u001b[31mc", StandardCharsets.UTF_8),
        "labels.txt, line 2: 'b\\u001b[31mc' has the control character U+001B");
    assertRefused(() -> lines("a\n\ufeffb", StandardCharsets.UTF_8), "line 2", "U+FEFF");
    assertRefused(
        () ->
            lines(
                "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n",
                StandardCharsets.UTF_8),
        "labels.txt is a pointer of Git LFS");
  }

  @Property(tries = 500)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      List<String> lines = lines(bytes);
      assertEquals(lines, lines(String.join("\n", lines), StandardCharsets.UTF_8));
    } catch (DataException e) {
      assertEquals(1, e.getMessage().lines().count());
    }
  }
}
