package dev.convoy.spark.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is shown to a person")
class PrintableTest {
  @Test
  void isOneLineWithoutControls() {
    assertShown("\\u001b[31mred\\u001b[0m", "\u001b[31mred\u001b[0m");
    assertShown("a\\nconvoy: done", "a\nconvoy: done");
    assertShown("a\\u000db\\tc\\u0008d\\u007f", "a\rb\tc\bd\u007f");
    assertShown("\\u009b2J", "\u009b2J");
    assertShown("a\\u202egpj.exe", "a\u202egpj.exe");
    assertShown("a\\u2028b\\u2066c\\u200ed\\ufeff", "a\u2028b\u2066c\u200ed\ufeff");
    assertShown("half \\ud83d", "half \ud83d");
    assertShown("Ünï日本 👩‍🚀 نام %s \\n", "Ünï日本 👩‍🚀 نام %s \\n");
  }

  private static void assertShown(String shown, String text) {
    assertEquals(shown, Printable.line(text));
  }

  @Test
  void isALineACallOnAStream() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintableStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    out.println("a\u001b\nb");
    out.printf("%s of %s%n", "x\ny", "2");
    out.printf(Locale.ROOT, "%.1f%n", 0.5);
    out.print("\rstep 3 of \n");
    out.println();
    out.print((String) null);
    out.flush();
    assertEquals(
        "a\\u001b\\nb\nx\\ny of 2\n0.5\n\rstep 3 of \n\nnull",
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void mayHaveSeveralLinesOnAWriter() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintableWriter(new PrintWriter(text));
    out.println("first\nsecond\u001b\r");
    out.printf("%s%n", "\u202e");
    out.print('\u0007');
    out.flush();
    assertEquals("first\nsecond\\u001b\\u000d\n\\u202e\n\\u0007", text.toString());
  }
}
