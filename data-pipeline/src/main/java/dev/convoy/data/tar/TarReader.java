package dev.convoy.data.tar;

import dev.convoy.data.Compression;
import dev.convoy.data.DataException;
import dev.convoy.data.text.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Walks over the members of an uncompressed tar, whose content it passes over by seeking. Archives
 * that were put one behind the other ({@code cat a.tar b.tar}) are read as one. An archive that
 * does not end with the zeros that close it is refused: members may be missing.
 */
public final class TarReader {
  private static final int BLOCK = TarHeader.BLOCK;

  /** What a header may claim of the names and holes in it; real ones have some hundred bytes. */
  private static final int MOST_HEADER_BYTES = 16 << 20;

  private final FSDataInputStream in;
  private final String where;
  private final long begin;
  private final long end;
  private final byte[] block = new byte[BLOCK];
  private PaxRecords ofAll = PaxRecords.none();
  private PaxRecords pax = ofAll;
  private String longName;
  private String longLink;
  private long at;
  private boolean closed;

  /**
   * Reads the archive that lies in a part of a file.
   *
   * @param where the file, for messages
   * @param begin where the archive begins
   * @param end where the archive, or the member that it is, ends
   */
  public TarReader(FSDataInputStream in, String where, long begin, long end) {
    this.in = in;
    this.where = where;
    this.begin = begin;
    this.end = end;
    at = begin;
  }

  /**
   * Finds the next member.
   *
   * @return null after the last
   * @throws DataException if the archive is damaged, truncated, or none
   */
  public TarMember next() throws IOException {
    while (true) {
      TarHeader header = header();
      if (header == null) {
        return null;
      }
      TarMember member = take(header);
      if (member != null) {
        pax = ofAll;
        longName = null;
        longLink = null;
        return member;
      }
    }
  }

  /** Returns the next header; null at the end. */
  private TarHeader header() throws IOException {
    while (true) {
      if (at >= end) {
        requireEnd();
        return null;
      }
      int bytes = (int) Math.min(BLOCK, end - at);
      Arrays.fill(block, (byte) 0);
      in.seek(at);
      in.readFully(block, 0, bytes);
      if (TarHeader.isZero(block, bytes)) {
        requireNothingPending();
        ofAll = PaxRecords.none();
        pax = ofAll;
        closed = true;
        at += bytes;
        continue;
      }
      if (bytes < BLOCK) {
        refuseCompressed();
        throw truncated(String.format(Locale.ROOT, "the header at byte %,d is not whole", at));
      }
      TarHeader header = new TarHeader(block.clone());
      if (!header.isValid()) {
        refuseCompressed();
        throw new DataException(
            String.format(
                Locale.ROOT,
                closed
                    ? "the archive %s has something behind its end, at byte %,d, that is no tar"
                    : "the archive %s is no tar, or is damaged, at byte %,d: no member begins there",
                where,
                at));
      }
      closed = false;
      at += BLOCK;
      return header;
    }
  }

  private void refuseCompressed() {
    if (at == begin) {
      Compression.of(block)
          .ifPresent(
              packed -> {
                throw new DataException("the archive " + packed.refusal(where));
              });
    }
  }

  private void requireNothingPending() {
    if (longName != null || longLink != null || pax != ofAll) {
      throw truncated("the member after the header before byte " + at + " is missing");
    }
  }

  private void requireEnd() {
    requireNothingPending();
    if (begin == end) {
      throw new DataException("the archive " + where + " is empty");
    }
    if (!closed) {
      throw truncated(
          "the zeros that close a tar are missing, so members may be missing too; if it is whole,"
              + " close it with head -c 1024 /dev/zero >> FILE");
    }
  }

  /** Returns a member, or null for a header that tells of the next. */
  private TarMember take(TarHeader header) throws IOException {
    long size = pax.number("size", header.size());
    String name = longName == null ? pax.name() : longName;
    name = name == null ? TarHeader.decode(header.name()) : name;
    char type = header.type();
    if (size < 0) {
      throw damaged(name, "has no valid size");
    }
    switch (type) {
      case 'x', 'X' -> pax = records(pax, name, header.size());
      case 'g' -> {
        ofAll = records(ofAll, name, header.size());
        pax = ofAll;
      }
      case 'L' -> longName = longText(name, header.size());
      case 'K' -> longLink = longText(name, header.size());
      case '1', '2' -> {
        return link(
            header,
            name,
            type == '1' ? TarMember.Type.HARD_LINK : TarMember.Type.SYMBOLIC_LINK,
            size);
      }
      case '5', 'D' -> {
        return passOver(name, TarMember.Type.FOLDER, type == 'D' ? size : 0);
      }
      case '3', '4', '6' -> {
        return passOver(name, TarMember.Type.OTHER, 0);
      }
      case 'V', 'N' -> {
        return passOver(name, TarMember.Type.OTHER, size);
      }
      case 'M' ->
          throw damaged(
              name, "goes on from another volume; archives of several volumes are not read");
      case 'S' -> {
        return withHoles(name, header, size);
      }
      default -> {
        if (pax.hasHoles()) {
          return withHoles(name, size);
        }
        // Before POSIX, a folder was a file whose name ends so.
        return passOver(
            name, name.endsWith("/") ? TarMember.Type.FOLDER : TarMember.Type.FILE, size);
      }
    }
    return null;
  }

  private PaxRecords records(PaxRecords before, String name, long size) throws IOException {
    PaxRecords sum = before.plus(content(name, size));
    if (sum == null) {
      throw damaged(name, "holds no pax records");
    }
    return sum;
  }

  private String longText(String name, long size) throws IOException {
    byte[] text = content(name, size);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return TarHeader.decode(Arrays.copyOf(text, length));
  }

  /** Returns the content of a header, read whole. */
  private byte[] content(String name, long size) throws IOException {
    if (size < 0 || size > MOST_HEADER_BYTES) {
      throw damaged(name, "is too long for a header");
    }
    requireRoom(name, size);
    byte[] content = new byte[(int) size];
    in.seek(at);
    in.readFully(content);
    at += padded(size);
    return content;
  }

  private TarMember passOver(String name, TarMember.Type type, long size) {
    requireRoom(name, size);
    long offset = at;
    at += padded(size);
    return new TarMember(name, type, offset, type == TarMember.Type.FILE ? size : 0, "");
  }

  /**
   * Returns a link. Links have no content, though some tars state the size of their targets; pax
   * allows them a copy of it. What comes next tells.
   */
  private TarMember link(TarHeader header, String name, TarMember.Type type, long size)
      throws IOException {
    String link = longLink == null ? pax.text("linkpath") : longLink;
    link = link == null ? TarHeader.decode(header.link()) : link;
    if (type == TarMember.Type.HARD_LINK && size > 0 && !isBlockOfHeaders()) {
      return passOver(name, TarMember.Type.FILE, size);
    }
    return new TarMember(name, type, at, 0, link);
  }

  private boolean isBlockOfHeaders() throws IOException {
    if (at + BLOCK > end) {
      return true;
    }
    byte[] next = new byte[BLOCK];
    in.seek(at);
    in.readFully(next);
    return TarHeader.isZero(next, BLOCK) || new TarHeader(next).isValid();
  }

  /**
   * Reads GNU's own form of files with holes: the regions lie in the header and in blocks after it.
   */
  private TarMember withHoles(String name, TarHeader header, long stored) throws IOException {
    DataRegions regions = new DataRegions(header.number(DataRegions.REAL_SIZE, 12));
    regions.add(header, DataRegions.IN_HEADER, 4);
    boolean more = header.isSet(DataRegions.HEADER_GOES_ON);
    while (more) {
      requireRoom(name, BLOCK);
      byte[] next = new byte[BLOCK];
      in.seek(at);
      in.readFully(next);
      at += BLOCK;
      regions.add(new TarHeader(next), 0, 21);
      more = next[DataRegions.BLOCK_GOES_ON] != 0;
    }
    return withHoles(name, regions, stored);
  }

  /** Returns the forms of pax, 0.0, 0.1 and 1.0. */
  private TarMember withHoles(String name, long size) throws IOException {
    DataRegions regions = new DataRegions(pax.realSize());
    long stored = size;
    if (pax.hasRegionsInContent()) {
      long before = at;
      List<Long> numbers = numbersInContent(name);
      regions.add(numbers);
      stored = size - (at - before);
    } else {
      regions.add(pax.regions());
    }
    return withHoles(name, regions, stored);
  }

  private TarMember withHoles(String name, DataRegions regions, long stored) {
    if (stored < 0 || !regions.isValid()) {
      throw damaged(name, "has an invalid list of holes");
    }
    boolean whole = regions.isWhole() && regions.size() <= stored;
    TarMember all = passOver(name, TarMember.Type.FILE, stored);
    return new TarMember(
        name,
        whole ? TarMember.Type.FILE : TarMember.Type.SPARSE,
        all.offset(),
        regions.size(),
        "");
  }

  /** Reads format 1.0: decimal numbers, a line each, the first telling how many pairs follow. */
  private List<Long> numbersInContent(String name) throws IOException {
    List<Long> numbers = new ArrayList<>();
    StringBuilder digits = new StringBuilder();
    long left = -1;
    long limit = at + MOST_HEADER_BYTES;
    while (left != 0) {
      requireRoom(name, BLOCK);
      if (at >= limit) {
        throw damaged(name, "has an invalid list of holes");
      }
      in.seek(at);
      in.readFully(block);
      at += BLOCK;
      for (char c : new String(block, StandardCharsets.ISO_8859_1).toCharArray()) {
        if (left != 0 && c != '\n') {
          digits.append(c);
        } else if (left != 0) {
          long number = PaxRecords.parse(digits.toString());
          digits.setLength(0);
          if (left < 0) {
            left = number < 0 || number > MOST_HEADER_BYTES ? 0 : 2 * number;
            if (number < 0) {
              throw damaged(name, "has an invalid list of holes");
            }
          } else {
            numbers.add(number);
            left--;
          }
        }
      }
    }
    return numbers;
  }

  private void requireRoom(String name, long size) {
    if (size > end - at) {
      throw truncated(
          String.format(
              Locale.ROOT,
              "%s needs %,d bytes from byte %,d on, but the file has %,d",
              TextLines.shown(name),
              size,
              at,
              end));
    }
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private DataException truncated(String complaint) {
    return new DataException("the archive " + where + " is truncated: " + complaint);
  }

  private DataException damaged(String name, String complaint) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "the archive %s cannot be read at byte %,d: the member %s %s",
            where,
            at,
            TextLines.shown(name),
            complaint));
  }
}
