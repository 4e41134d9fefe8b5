package dev.convoy.data.source.files;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.DataFolder;
import dev.convoy.data.source.Entry;
import dev.convoy.data.tar.TarMember;
import dev.convoy.data.tar.TarReader;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The files that a tar holds, as unpacking it would leave them: of a member that occurs again the
 * last counts, links are followed, and what systems hide is passed over. Only headers are read;
 * content is skipped by seeking, so that a tar of 138 GB is listed in seconds.
 */
public final class TarIndex {
  private static final int MOST_LINKS = 40;

  private final String where;
  private final Account leftOut;
  private final Map<String, Member> files = new LinkedHashMap<>();

  /** What is passed over; links may lead to it. */
  private final Map<String, Member> hidden = new HashMap<>();

  private final Map<String, String> symbolicLinks = new HashMap<>();

  private TarIndex(String where, Account leftOut) {
    this.where = where;
    this.leftOut = leftOut;
  }

  /**
   * A file in a tar.
   *
   * @param name without {@code ./} and the like in front
   * @param offset of its content in the outermost file
   * @param obstacle why its content is no range of bytes, as a predicate; null if it is one
   */
  public record Member(String name, long offset, long size, String obstacle) {
    /** Returns the size of a member whose content is a range of bytes. */
    public long requireSize(Object where) {
      if (obstacle != null) {
        throw new DataException(
            TextLines.shown(name) + " in " + where + " cannot be read: it " + obstacle);
      }
      return size;
    }

    /** Returns the size of one that is read whole. */
    public int requireLength(Object where) {
      if (requireSize(where) > Integer.MAX_VALUE - 8) {
        throw new DataException(
            TextLines.shown(name) + " in " + where + " is too large for an image");
      }
      return (int) size;
    }

    /** Returns the entry of an image. */
    public Entry entry(String file, int label) {
      return new Entry(file, offset, requireLength(file), label, name);
    }
  }

  /**
   * Lists a whole file.
   *
   * @param leftOut counts what is not listed
   * @throws DataException if it is no tar, compressed, or truncated
   */
  public static Collection<Member> of(DataFolder folder, Path path, Account leftOut)
      throws IOException {
    return of(folder, path, 0, folder.files().getFileStatus(path).getLen(), leftOut);
  }

  /** Lists the tar that lies in a part of a file: a member of another. */
  public static Collection<Member> of(
      DataFolder folder, Path path, long begin, long end, Account leftOut) throws IOException {
    TarIndex index = new TarIndex(path.toString(), leftOut);
    try (FSDataInputStream in = folder.files().open(path)) {
      TarReader reader = new TarReader(in, index.where, begin, end);
      for (TarMember member = reader.next(); member != null; member = reader.next()) {
        index.add(member);
      }
    }
    index.followSymbolicLinks();
    return index.files.values();
  }

  private void add(TarMember member) {
    String name = normal(member.name());
    if (member.type() == TarMember.Type.FOLDER) {
      return;
    }
    switch (member.type()) {
      case FILE -> put(new Member(name, member.offset(), member.size(), null));
      case SPARSE ->
          put(
              new Member(
                  name,
                  member.offset(),
                  member.size(),
                  "is stored with holes; pack the tar again without the option --sparse"));
      case HARD_LINK -> {
        String target = normal(member.link());
        String further = symbolicLinks.get(target);
        put(hardLink(name, target));
        if (further != null) {
          symbolicLinks.put(name, further);
        }
      }
      case SYMBOLIC_LINK -> {
        put(new Member(name, 0, 0, "is a link to " + TextLines.shown(member.link())));
        symbolicLinks.put(name, beside(name, member.link()));
      }
      default -> leftOut.count("devices, pipes or labels", name);
    }
  }

  private void put(Member member) {
    symbolicLinks.remove(member.name());
    String passedOver = Remainder.reason(member.name());
    if (passedOver != null) {
      leftOut.count(passedOver, member.name());
      hidden.put(member.name(), member);
      return;
    }
    // A name keeps its first place in the order.
    if (files.put(member.name(), member) != null) {
      leftOut.count("members that occur again later in their tar", member.name());
    }
  }

  private Member find(String name) {
    return files.getOrDefault(name, hidden.get(name));
  }

  private Member hardLink(String name, String target) {
    Member member = find(target);
    if (member == null) {
      return new Member(
          name,
          0,
          0,
          "is a hard link to "
              + TextLines.shown(target)
              + ", which is not in the archive before it");
    }
    return new Member(name, member.offset(), member.size(), member.obstacle());
  }

  private void followSymbolicLinks() {
    for (String link : List.copyOf(symbolicLinks.keySet())) {
      String target = link;
      for (int i = 0; i < MOST_LINKS && symbolicLinks.containsKey(target); i++) {
        target = symbolicLinks.get(target);
      }
      Member member = symbolicLinks.containsKey(target) ? null : find(target);
      Member itself = find(link);
      Map<String, Member> holder = files.containsKey(link) ? files : hidden;
      holder.put(
          link,
          member == null
              ? new Member(link, 0, 0, itself.obstacle() + ", which is no file of the archive")
              : new Member(link, member.offset(), member.size(), member.obstacle()));
    }
  }

  /** Returns a target's name from the root, which a symbolic link gives from its own folder. */
  private static String beside(String name, String target) {
    return target.startsWith("/")
        ? normal(target)
        : normal(name.substring(0, name.lastIndexOf('/') + 1) + target);
  }

  /** Returns a name without what does not change it: {@code /a//./b} is {@code a/b}. */
  private static String normal(String name) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", new ArrayList<>(parts));
  }
}
