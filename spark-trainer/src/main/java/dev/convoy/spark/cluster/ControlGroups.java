package dev.convoy.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The limits that a container, a service or a batch system sets for this process and all it starts:
 * Linux's control groups, versions 1 and 2, with the groups around the process's own. Where there
 * are none, or they cannot be read, there is no limit.
 */
public final class ControlGroups {
  private static final long MIB = 1 << 20;

  /** Version 1 writes "no limit" as a number near the largest there is. */
  private static final long NO_LIMIT = 1L << 60;

  private final Path root;

  /** Looks at the groups of this process. */
  public ControlGroups() {
    this(Path.of("/"));
  }

  /** Looks at the groups of the process that {@code proc/self} below {@code root} describes. */
  ControlGroups(Path root) {
    this.root = root;
  }

  /**
   * A limit of memory.
   *
   * @param limitMiB what all processes of the group may use
   * @param freeMiB what is left of it, the file cache that can go not counted as used
   */
  public record Memory(long limitMiB, long freeMiB) {}

  /**
   * Returns what a JVM takes with what lies beyond its heap, by the rule of
   * spark.executor.memoryOverhead.
   */
  public static long processMiB(long heapMiB) {
    return heapMiB + Math.max(384, heapMiB / 10);
  }

  /** Returns the tightest limit of memory among the groups that this process is in. */
  public Optional<Memory> memory() {
    return tightest("memory", this::memory, (one, other) -> one.freeMiB() < other.freeMiB());
  }

  private Optional<Memory> memory(Path group) {
    OptionalLong limit = number(group, "memory.max", "memory.limit_in_bytes");
    if (limit.isEmpty() || limit.getAsLong() >= NO_LIMIT) {
      return Optional.empty();
    }
    long used = number(group, "memory.current", "memory.usage_in_bytes").orElse(0);
    // Version 1 counts the groups below in the lines that begin with "total_".
    String lines = text(group.resolve("memory.stat"));
    long cache =
        statistic(lines, "total_inactive_file").orElse(statistic(lines, "inactive_file").orElse(0));
    long free = limit.getAsLong() - Math.max(0, used - cache);
    return Optional.of(new Memory(limit.getAsLong() / MIB, Math.max(0, free) / MIB));
  }

  /** Returns the fewest processors that one of these groups may keep busy. */
  public OptionalDouble processors() {
    return tightest("cpu", ControlGroups::processors, (one, other) -> one < other)
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }

  private static Optional<Double> processors(Path group) {
    String[] quotaAndPeriod = text(group.resolve("cpu.max")).split(" ", -1);
    OptionalLong quota =
        quotaAndPeriod.length == 2
            ? number(quotaAndPeriod[0])
            : number(text(group.resolve("cpu.cfs_quota_us")));
    OptionalLong period =
        quotaAndPeriod.length == 2
            ? number(quotaAndPeriod[1])
            : number(text(group.resolve("cpu.cfs_period_us")));
    return quota.isPresent()
            && period.isPresent()
            && quota.getAsLong() > 0
            && period.getAsLong() > 0
        ? Optional.of((double) quota.getAsLong() / period.getAsLong())
        : Optional.empty();
  }

  private interface Order<T> {
    boolean isTighter(T one, T other);
  }

  private <T> Optional<T> tightest(
      String controller, Function<Path, Optional<T>> limit, Order<T> order) {
    Optional<T> tightest = Optional.empty();
    for (Path group : groups(controller)) {
      Optional<T> here = limit.apply(group);
      if (here.isPresent() && (tightest.isEmpty() || order.isTighter(here.get(), tightest.get()))) {
        tightest = here;
      }
    }
    return tightest;
  }

  /**
   * Returns the folders of this process's group and of all around it that can be seen from here.
   */
  private List<Path> groups(String controller) {
    List<Path> groups = new ArrayList<>();
    for (String mount : text(root.resolve("proc/self/mountinfo")).split("\n", -1)) {
      // "ID PARENT DEVICE ROOT MOUNT-POINT OPTIONS [FIELD]… - TYPE SOURCE SUPER-OPTIONS"
      String[] halves = mount.split(" - ", 2);
      String[] place = halves[0].split(" ", -1);
      String[] kind = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
      if (place.length < 5 || kind.length < 3) {
        continue;
      }
      boolean unified = kind[0].equals("cgroup2");
      if (unified || (kind[0].equals("cgroup") && lists(kind[2], controller))) {
        Path top = root.resolve(place[4].substring(1));
        for (Path group = own(top, place[3], unified ? "" : controller);
            group.startsWith(top);
            group = group.getParent()) {
          groups.add(group);
        }
      }
    }
    return groups;
  }

  /**
   * Returns the folder of this process's own group; that of the mount where a container sees only a
   * part of the hierarchy.
   */
  private Path own(Path top, String mountedGroup, String controller) {
    for (String line : text(root.resolve("proc/self/cgroup")).split("\n", -1)) {
      // "ID:CONTROLLER,…:GROUP", with no controllers in version 2
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && lists(fields[1], controller)) {
        String within = mountedGroup.equals("/") ? "" : mountedGroup;
        String group = fields[2].startsWith(within) ? fields[2].substring(within.length()) : "";
        Path folder = top.resolve(group.replaceFirst("^/+", "")).normalize();
        return folder.startsWith(top) && Files.isDirectory(folder) ? folder : top;
      }
    }
    return top;
  }

  private static boolean lists(String names, String name) {
    return Arrays.asList(names.split(",", -1)).contains(name);
  }

  private static OptionalLong number(Path group, String version2, String version1) {
    OptionalLong number = number(text(group.resolve(version2)));
    return number.isPresent() ? number : number(text(group.resolve(version1)));
  }

  private static OptionalLong statistic(String lines, String name) {
    for (String line : lines.split("\n", -1)) {
      if (line.startsWith(name + " ")) {
        return number(line.substring(name.length() + 1));
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong number(String text) {
    if (!text.matches("\\d+")) {
      return OptionalLong.empty(); // "max", "-1" or no such file
    }
    return OptionalLong.of(text.length() > 18 ? NO_LIMIT : Long.parseLong(text));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException thereIsNone) {
      return "";
    }
  }
}
