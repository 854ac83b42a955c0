/** Lines of words and numbers: the first column begins at the left, all others end at the right. */
export function figureTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column]))
      .join('  ')
      .trimEnd(),
  )
}
