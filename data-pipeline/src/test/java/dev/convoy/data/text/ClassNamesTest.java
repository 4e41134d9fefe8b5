package dev.convoy.data.text;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {
  private static ClassNames parse(String text) {
    return ClassNames.parse(TextLines.decode(text.getBytes(StandardCharsets.UTF_8), "labels.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daisy\nred rose\ntulip\n",
        "\ufeffdaisy\r\nred rose\r\ntulip\r\n\r\n",
        "0:daisy\n1:red rose\n2:tulip",
        "0: daisy\n1: red rose\n2: tulip",
        "0,daisy\n1,red rose\n2,tulip",
        "0\tdaisy\n1\tred rose\n2\ttulip",
        "0 daisy\n1 red rose\n2 tulip",
        "0. daisy\n1. red rose\n2. tulip",
        "00 daisy\n01 red rose\n02 tulip",
        "1;daisy\n2;red rose\n3;tulip",
        "1 daisy\n2 red rose\n3 tulip",
        "daisy,0\nred rose,1\ntulip,2",
        "2:tulip\n0:daisy\n1:red rose",
        "tulip\t3\ndaisy\t1\nred rose\t2",
        "0,\"daisy\"\n1,\"red rose\"\n2,\"tulip\""
      })
  void numbersBesideTheNamesAreThoseOfTheLabels(String text) {
    assertEquals(List.of("daisy", "red rose", "tulip"), parse(text).names());
  }

  @Test
  void theFirstNumberIsKept() {
    assertEquals(0, parse("0:a\n1:b").first());
    assertEquals(1, parse("2:b\n1:a").first());
    assertEquals(1, parse("1 a\n2 b").first());
    assertEquals(ClassNames.UNNUMBERED, parse("a\nb").first());
  }

  @Test
  void numbersThatAreNamesStay() {
    String digits =
        IntStream.range(0, 10).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    assertEquals(10, parse(digits).names().size());
    assertEquals("7", parse(digits).names().get(7));
    List<String> coins = List.of("1 cent", "2 cents", "5 cents", "10 cents");
    assertEquals(coins, parse(String.join("\n", coins)).names());
    List<String> rooms = List.of("0 room", "1 room", "2 room");
    assertEquals(rooms, parse(String.join("\n", rooms)).names());
    List<String> synsets = List.of("n01440764 tench, Tinca tinca", "n01443537 goldfish");
    assertEquals(synsets, parse(String.join("\n", synsets)).names());
    List<String> series = List.of("class 1", "class 2");
    assertEquals(series, parse(String.join("\n", series)).names());
  }

  @Test
  void whatWouldShiftOrMergeLabelsIsRefusedWithItsLine() {
    assertRefused(() -> parse("daisy\n\nrose"), "labels.txt, line 2 is blank");
    assertRefused(() -> parse("\ndaisy\nrose"), "labels.txt, line 1 is blank");
    assertRefused(
        () -> parse("daisy\nrose\n daisy\n"),
        "labels.txt, line 3: 'daisy' is named in line 1 already");
    assertRefused(
        () -> parse("caf\u00e9\ncafe\u0301"),
        "line 2",
        "the name in line 1 in another Unicode form");
    assertRefused(
        () -> parse("0:daisy\n1:rose\n1:tulip"), "line 3: '1:tulip' has the number of line 2");
    assertRefused(() -> parse("0:daisy\n1:rose\n3:tulip"), "none has the number 2");
    assertRefused(() -> parse("2:daisy\n3:rose\n4:tulip"), "none has the number 1");
    assertRefused(() -> parse("label,name\n0,daisy\n1,rose"), "line 1: 'label,name' has no number");
    assertRefused(() -> parse("0:daisy\n1:daisy"), "line 2: 'daisy' is named in line 1 already");
    assertRefused(() -> parse(" \n"), "labels.txt names no classes");
    assertRefused(() -> parse("[\n\"daisy\",\n\"rose\"\n]"), "labels.txt is JSON");
    assertRefused(() -> parse("{\"0\": \"daisy\"}"), "labels.txt is JSON");
  }
}
