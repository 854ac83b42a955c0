/**
 * A value of whatever shape in a few letters, for a complaint about it. What holds others is told by its kind: it may be
 * nested deeper than anybody can follow.
 */
export function inBrief(value: unknown, mostLetters = 80): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'string') return JSON.stringify(value.slice(0, mostLetters))
  if (typeof value === 'object' && value !== null) return 'a record'
  return String(value).slice(0, mostLetters)
}
