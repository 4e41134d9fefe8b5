package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits as Linux shows them, in folders that stand for {@code /proc} and {@code /sys}. */
class ControlGroupsTest {
  private static final long MIB = 1 << 20;

  private static final String UNIFIED =
      "30 23 0:26 %s /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";
  private static final String MEMORY =
      "35 31 0:32 %s /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
  private static final String CPU =
      "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n";

  @TempDir Path root;

  @BeforeEach
  void aProcess() throws IOException {
    write("proc/self/mountinfo", "22 1 254:0 / / rw,relatime - ext4 /dev/root rw\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void group(String mounts, String membership) throws IOException {
    write("proc/self/mountinfo", Files.readString(root.resolve("proc/self/mountinfo")) + mounts);
    write("proc/self/cgroup", membership);
  }

  private void unified(String group, String limit, long usedMiB, long cacheMiB) throws IOException {
    String folder = "sys/fs/cgroup" + group;
    write(folder + "/memory.max", limit + "\n");
    write(folder + "/memory.current", usedMiB * MIB + "\n");
    write(folder + "/memory.stat", "anon 1\ninactive_file " + cacheMiB * MIB + "\nslab 2\n");
  }

  private Optional<ControlGroups.Memory> memory() {
    return new ControlGroups(root).memory();
  }

  private static Optional<ControlGroups.Memory> limit(long limitMiB, long freeMiB) {
    return Optional.of(new ControlGroups.Memory(limitMiB, freeMiB));
  }

  @Test
  void noGroupsAndNoFilesAreNoLimit() throws IOException {
    assertEquals(Optional.empty(), memory());
    assertEquals(OptionalDouble.empty(), new ControlGroups(root).processors());
    group(UNIFIED.formatted("/"), "0::/\n");
    assertEquals(Optional.empty(), memory());
    assertEquals(Optional.empty(), new ControlGroups(root.resolve("nothing")).memory());
  }

  @Test
  void aContainerSeesItsOwnGroupAtTheMount() throws IOException {
    group(UNIFIED.formatted("/"), "0::/\n");
    unified("", 2048 * MIB + "", 300, 100);
    assertEquals(limit(2048, 1848), memory());
  }

  @Test
  void maxIsNoLimit() throws IOException {
    group(UNIFIED.formatted("/"), "0::/\n");
    unified("", "max", 300, 100);
    assertEquals(Optional.empty(), memory());
  }

  @Test
  void theTightestOfNestedGroupsCounts() throws IOException {
    group(UNIFIED.formatted("/"), "0::/user.slice/a.service\n");
    unified("/user.slice/a.service", 4096 * MIB + "", 0, 0);
    unified("/user.slice", 3072 * MIB + "", 2048, 0);
    unified("/user.slice/b.service", "1048576", 0, 0);
    assertEquals(limit(3072, 1024), memory());
    unified("/user.slice/a.service", "max", 0, 0);
    assertEquals(limit(3072, 1024), memory());
  }

  @Test
  void aGroupThatIsOverItsLimitHasNothingFree() throws IOException {
    group(UNIFIED.formatted("/"), "0::/\n");
    unified("", 100 * MIB + "", 300, 100);
    assertEquals(limit(100, 0), memory());
  }

  @Test
  void version1() throws IOException {
    group(
        MEMORY.formatted("/") + CPU,
        "8:cpuset:/\n4:memory:/docker/1f\n2:cpu,cpuacct:/docker/1f\n0::/\n");
    String folder = "sys/fs/cgroup/memory/docker/1f/memory.";
    write(folder + "limit_in_bytes", 2048 * MIB + "\n");
    write(folder + "usage_in_bytes", 700 * MIB + "\n");
    write(
        folder + "stat",
        "inactive_file 4096\ntotal_inactive_file " + 200 * MIB + "\ntotal_rss 5\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertEquals(limit(2048, 1548), memory());
    write(folder + "limit_in_bytes", "9223372036854771712\n");
    assertEquals(Optional.empty(), memory());

    write("sys/fs/cgroup/cpu,cpuacct/docker/1f/cpu.cfs_quota_us", "150000\n");
    write("sys/fs/cgroup/cpu,cpuacct/docker/1f/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    assertEquals(OptionalDouble.of(1.5), new ControlGroups(root).processors());
  }

  /** Docker with version 1 mounts the container's group, whose name the process still sees. */
  @Test
  void aMountOfAPartOfTheHierarchy() throws IOException {
    group(MEMORY.formatted("/docker/1f"), "4:memory:/docker/1f\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 512 * MIB + "\n");
    assertEquals(limit(512, 512), memory());
  }

  @Test
  void aGroupOutsideOfWhatIsMounted() throws IOException {
    group(UNIFIED.formatted("/"), "0::/../../elsewhere\n");
    unified("", 512 * MIB + "", 0, 0);
    assertEquals(limit(512, 512), memory());
  }

  @Test
  void processorsOfVersion2() throws IOException {
    group(UNIFIED.formatted("/"), "0::/a/b\n");
    write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
    assertEquals(OptionalDouble.empty(), new ControlGroups(root).processors());
    write("sys/fs/cgroup/a/cpu.max", "50000 100000\n");
    assertEquals(OptionalDouble.of(0.5), new ControlGroups(root).processors());
  }
}
