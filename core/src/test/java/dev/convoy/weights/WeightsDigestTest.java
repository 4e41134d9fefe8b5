package dev.convoy.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsDigestTest {
  private static final NamedTensor A = new NamedTensor("a", new int[] {2}, new float[] {1f, -2f});
  private static final NamedTensor B = new NamedTensor("b", new int[] {}, new float[] {0.5f});

  /** {@code printf 'a\0\0\x80\x3f\0\0\0\xc0b\0\0\0\x3f' | sha256sum}. */
  @Test
  void theDigestIsOfNamesAndLittleEndianValues() {
    assertEquals(
        "6174fb7a06842d6ae35507af8bce6294fd06d66775dc9002eac00052bcb4358a",
        WeightsDigest.sha256(List.of(A, B)));
  }

  @Test
  void theOrderOfTheTensorsDoesNotMatterButTheirNamesDo() {
    assertEquals(WeightsDigest.sha256(List.of(A, B)), WeightsDigest.sha256(List.of(B, A)));
    NamedTensor renamed = new NamedTensor("c", B.shape(), B.values());
    assertNotEquals(WeightsDigest.sha256(List.of(A, B)), WeightsDigest.sha256(List.of(A, renamed)));
  }

  /** U+FFFD precedes U+1F600 in UTF-8, and follows it in UTF-16. */
  @Test
  void namesAreOrderedByTheirUtf8Bytes() {
    NamedTensor first = new NamedTensor("\ufffd", new int[] {1}, new float[] {0f});
    NamedTensor second = new NamedTensor("\ud83d\ude00", new int[] {1}, new float[] {0f});
    assertEquals(
        "773f365ce921635b745e0aa4500807c8ce2fc733b16249afc7b04a05d3dc9645",
        WeightsDigest.sha256(List.of(first, second)));
  }

  @Test
  void aTensorLargerThanTheChunkCountsWhole() {
    float[] values = new float[16_385];
    String before = WeightsDigest.sha256(List.of(new NamedTensor("a", new int[] {16_385}, values)));
    float[] changed = values.clone();
    changed[16_384] = 1;
    NamedTensor other = new NamedTensor("a", new int[] {16_385}, changed);
    assertNotEquals(before, WeightsDigest.sha256(List.of(other)));
  }

  @Test
  void twoTensorsOfOneNameAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> WeightsDigest.sha256(List.of(A, A)));
  }
}
