package dev.convoy.data.source;

/** The classes of images that lie in one folder or archive, as a file beside them tells. */
interface Truth {
  /**
   * The class of an image, by its name.
   *
   * @param name of its file
   * @param holder what holds it, for messages
   * @throws dev.convoy.data.DataException if nothing is told of it
   */
  String classOf(String name, Object holder);

  /** Refuses if not every image that is told of was found. */
  void requireAll(int found, Object holder);
}
