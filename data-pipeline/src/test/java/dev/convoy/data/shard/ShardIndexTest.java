package dev.convoy.data.shard;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardIndexTest {
  private static byte[] bytes(long... ends) {
    return new ShardIndex(ends, new int[ends.length]).toBytes();
  }

  @Test
  void regionsFollowEachOther() {
    ShardIndex index = ShardIndex.parse(bytes(10, 10, 25), "here");
    assertEquals(2, index.records());
    assertEquals(10, index.begin(1));
    assertEquals(0, index.length(1));
    assertEquals(15, index.length(2));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 10, 0",
    "10, 9, 1",
    "0, 2147483648, 1",
    "1, -9223372036854775808, 1",
  })
  void regionsThatGoBackOrAreTooLongAreRefused(long first, long second, int region) {
    assertRefused(
        () -> ShardIndex.parse(bytes(first, second), "here"),
        "here is malformed: region " + region);
  }
}
