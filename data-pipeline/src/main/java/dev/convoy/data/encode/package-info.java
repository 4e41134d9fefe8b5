/**
 * From pixels to image files: JPEG and PNG, by the JDK's own writers. Knows pixels and the formats
 * of {@link dev.convoy.data.decode}, which does not know this package.
 */
package dev.convoy.data.encode;
