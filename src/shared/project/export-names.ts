/** What a name template may speak of: `{song}`, `{track}`, `{singer}`, `{region}`, `{bpm}`. */
export const nameTokens = ['song', 'track', 'singer', 'region', 'bpm'] as const
export type NameWords = Readonly<Record<(typeof nameTokens)[number], string>>

/** Shorter than every file system's limit, with room for a folder and a number. */
const longestName = 120
/** Most systems count 255 bytes of UTF-8, in which a letter takes up to four; a file that is being written needs some more. */
const longestNameBytes = 200
/** Names that Windows keeps for devices, whatever ending they have. */
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(\.|$)/i
/** What no file system takes, and what would leave the folder. */
const forbidden = /[\u0000-\u001f\u007f-\u009f"*/:<>?\\|]/g
/** What turns the order of letters around, so that a name reads as another, and what is not seen at all. */
const unseen = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** File names with their ending, one per entry, safe on every system and each only once. */
export function nameExports(template: string, entries: readonly NameWords[], ending: string): readonly string[] {
  const taken = new Set<string>()
  return entries.map((words) => {
    const base = safeName(fill(template, words))
    let name = base
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base} ${count}`
    taken.add(name.toLowerCase())
    return `${name}.${ending}`
  })
}

/** An empty word takes the sign beside it along: "Song –  – 120" becomes "Song – 120". */
function fill(template: string, words: NameWords): string {
  const filled = template.replace(/\{(\w+)\}/g, (whole, token: string) =>
    Object.hasOwn(words, token) ? words[token as keyof NameWords].trim() || '\u0001' : whole,
  ) // the cast is safe: it has just been checked
  return filled
    .replace(/\s*[-–—_]?\s*\u0001/g, '')
    .replace(/\u0001/g, '')
    .replace(/^\s*[-–—_]\s*/, '')
}

export function safeName(name: string): string {
  const plain = name.toWellFormed().normalize('NFC').replace(unseen, '').replace(forbidden, '-')
  const safe = cut(plain.replace(/\s+/g, ' ').trim()).replace(/^[.\s]+|[.\s]+$/g, '')
  if (safe === '') return 'Export'
  return reserved.test(safe) ? `_${safe}` : safe
}

/** By whole characters, so that none is left half. */
function cut(name: string): string {
  let kept = ''
  let bytes = 0
  for (const character of name) {
    bytes += utf8Bytes(character.codePointAt(0) ?? 0)
    if (kept.length + character.length > longestName || bytes > longestNameBytes) break
    kept += character
  }
  return kept
}

const utf8Bytes = (codePoint: number): number => {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
