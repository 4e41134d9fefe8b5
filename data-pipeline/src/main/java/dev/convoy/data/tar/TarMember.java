package dev.convoy.data.tar;

/**
 * One member of a tar.
 *
 * @param name as it is stored
 * @param type what it is
 * @param offset of its content in the file that holds the archive
 * @param size of its content in bytes, 0 unless it is a file
 * @param link the name of a link's target, as it is stored; else empty
 */
public record TarMember(String name, Type type, long offset, long size, String link) {
  /** Kinds of members. */
  public enum Type {
    /** A file whose content is a range of bytes. */
    FILE,
    /** A file with holes, which are not stored: its content is no range of bytes. */
    SPARSE,
    /** Another name of a member before it, whose name is given from the archive's root. */
    HARD_LINK,
    /** Refers to another member, whose name is given from its own folder. */
    SYMBOLIC_LINK,
    /** A folder. */
    FOLDER,
    /** A device, a pipe, a volume's label: nothing that has content. */
    OTHER
  }
}
