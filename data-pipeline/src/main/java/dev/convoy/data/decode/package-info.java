/**
 * From image files to pixels, through the JDK's own ImageIO. Knows samples; neither datasets nor
 * networks.
 */
package dev.convoy.data.decode;
