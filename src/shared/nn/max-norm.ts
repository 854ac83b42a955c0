/**
 * Keeps every row of a table, in place, at a Euclidean length of at most `limit`: singers' rows after each update.
 * @param table rows of `width` numbers
 */
export function limitRows(table: Float32Array, width: number, limit: number): void {
  for (let start = 0; start < table.length; start += width) {
    const row = table.subarray(start, start + width)
    const norm = Math.hypot(...row)
    if (norm > limit) for (let i = 0; i < width; i++) row[i] *= limit / norm
  }
}
