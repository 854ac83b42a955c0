/** What stands where a name or a place stood. */
const NAME = '“…”'
const PLACE = '<path>'

/** Where the program's own files begin, whoever's folder they were installed in. */
const ownFile = /^.*?[\\/]((?:app\.asar[\\/])?(?:out|src|node_modules|tests)[\\/].*)$/

const address = /\b[a-z][a-z\d+.-]*:\/\/[^\s'"“”)]+/gi
const windowsPath = /(?<![\w])[a-z]:[\\/][^'"“”\n]*?(?=['"“”\n)]|$)/gi
const unixPath = /(?<![\w.<])\/(?!\s|$)[^'"“”\n]*?(?=['"“”\n)]|$)/g
const quoted = /“[^”\n]*”|‘[^’\n]*’|"[^"\n]*"|(?<!\w)'[^'\n]*'|`[^`\n]*`/g

/**
 * A text without what is a person's: names, which stand in quotation marks, and places on the disk. Codes, kinds,
 * counts and the program's own words stay.
 */
export const impersonal = (text: string): string =>
  text.replace(quoted, NAME).replace(address, PLACE).replace(windowsPath, PLACE).replace(unixPath, PLACE)

/** The frames of a stack, each with its file as from the folder of the program; its first lines, which may name things, are left out. */
export function impersonalFrames(stack: string): readonly string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s*at\s/.test(line))
    .map((line) => {
      const [, call = '', place] = /^\s*at\s(?:(.*?)\s\()?([^()]*)\)?\s*$/.exec(line) ?? []
      const file = ownPlace(place ?? '')
      return call === '' ? `at ${file}` : `at ${call} (${file})`
    })
}

function ownPlace(place: string): string {
  if (/^(node:|<anonymous>|native)/.test(place)) return place
  const own = ownFile.exec(place)?.[1]
  if (own !== undefined) return own.replaceAll('\\', '/')
  // Of a file elsewhere the line alone is told.
  return `${PLACE}${/:\d+:\d+$/.exec(place)?.[0] ?? ''}`
}
