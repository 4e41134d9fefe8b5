package dev.convoy.data.shard;

import dev.convoy.data.DataException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Where a shard's records lie, and their checksums. The regions cover the shard from its first byte
 * to its last: region 0 is SequenceFile's header, region r + 1 is record r. Big-endian.
 *
 * <pre>
 *   magic: i32 | records R: i32 | end of each of the R + 1 regions: i64 | CRC-32C of each: i32
 * </pre>
 *
 * <p>A checksum a record, not one of the shard, because a run reads samples in random order: it can
 * verify each sample that it uses, at the cost of that sample. To digest a shard before its first
 * sample would make every executor read the whole dataset before its first step. (The header counts
 * as a region since SequenceFile puts a random number there: it tells swapped shards apart.)
 */
final class ShardIndex {
  private static final int MAGIC = 0x43565831; // "CVX1"
  private static final int HEADER_BYTES = 2 * Integer.BYTES;
  private static final int REGION_BYTES = Long.BYTES + Integer.BYTES;

  private final long[] ends;
  private final int[] checksums;

  ShardIndex(long[] ends, int[] checksums) {
    this.ends = ends;
    this.checksums = checksums;
  }

  static ShardIndex parse(byte[] bytes, String where) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES + REGION_BYTES || in.getInt() != MAGIC) {
      throw new DataException(where + " is not the index of a shard");
    }
    int regions = in.getInt() + 1;
    if (regions < 1 || (long) regions * REGION_BYTES + HEADER_BYTES != bytes.length) {
      throw new DataException(where + " is truncated, or longer than it says");
    }
    ShardIndex index = new ShardIndex(new long[regions], new int[regions]);
    in.asLongBuffer().get(index.ends);
    in.position(HEADER_BYTES + regions * Long.BYTES);
    in.asIntBuffer().get(index.checksums);
    index.requireAscending(where);
    return index;
  }

  private void requireAscending(String where) {
    for (int region = 0; region < ends.length; region++) {
      long begin = begin(region);
      if (begin < 0 || ends[region] < begin || ends[region] - begin > Integer.MAX_VALUE - 8) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s is malformed: region %d goes from byte %d to %d",
                where,
                region,
                begin,
                ends[region]));
      }
    }
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + ends.length * REGION_BYTES);
    out.putInt(MAGIC).putInt(records());
    for (long end : ends) {
      out.putLong(end);
    }
    for (int checksum : checksums) {
      out.putInt(checksum);
    }
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  int records() {
    return ends.length - 1;
  }

  long begin(int region) {
    return region == 0 ? 0 : ends[region - 1];
  }

  int length(int region) {
    return Math.toIntExact(ends[region] - begin(region));
  }

  long shardBytes() {
    return ends[ends.length - 1];
  }

  boolean matches(int region, byte[] bytes, int length) {
    Checksum checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue() == checksums[region];
  }
}
