/** Image files that a list names for each split. */
package dev.convoy.data.source.list;
