/**
 * What a licence asks of a program that ships the work with it.
 *
 * - `permissive`: name it and go on.
 * - `weak-copyleft`: the work's own files stay under it, ours don't; it may ship unchanged, with its source named.
 * - `copyleft`: it reaches for the whole program, or asks that people can put their own build in its place, which the
 *   sealed archive of a package does not let them.
 * - `unknown`: nobody has looked at it yet.
 */
export type LicenceKind = 'permissive' | 'weak-copyleft' | 'copyleft' | 'unknown'

const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unicode-3.0',
  'Unlicense',
  'Zlib',
  'blessing',
])
const weakCopyleft = /^(MPL|EPL|CDDL)-/
const copyleft = /^(A?GPL|LGPL|SSPL|EUPL|OSL|CC-BY-SA)-|^CC-BY-NC/

const fromMildest: readonly LicenceKind[] = ['permissive', 'weak-copyleft', 'unknown', 'copyleft']
const harsher = (a: LicenceKind, b: LicenceKind) => (fromMildest.indexOf(a) > fromMildest.indexOf(b) ? a : b)
const milder = (a: LicenceKind, b: LicenceKind) => (harsher(a, b) === a ? b : a)

/** Reads an SPDX expression: of an OR the mildest part may be chosen, of an AND the harshest holds. */
export function licenceKind(expression: string): LicenceKind {
  const words = expression.match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  const atom = (): LicenceKind => {
    const word = words[at++]
    if (word === undefined) return 'unknown'
    if (word !== '(') return kindOfName(word)
    const inner = either()
    at++ // the closing parenthesis
    return inner
  }
  const both = (): LicenceKind => {
    let kind = atom()
    while (words[at] === 'WITH') at += 2
    while (words[at] === 'AND') {
      at++
      kind = harsher(kind, atom())
    }
    return kind
  }
  const either = (): LicenceKind => {
    let kind = both()
    while (words[at] === 'OR') {
      at++
      kind = milder(kind, both())
    }
    return kind
  }
  const kind = either()
  return at === words.length ? kind : 'unknown'
}

function kindOfName(name: string): LicenceKind {
  if (permissive.has(name)) return 'permissive'
  if (weakCopyleft.test(name)) return 'weak-copyleft'
  return copyleft.test(name) ? 'copyleft' : 'unknown'
}

/** What the text of a licence says by itself, where a manifest says something milder. */
export function licenceOfText(text: string): string | null {
  const found = (
    [
      ['AGPL-3.0', /GNU AFFERO GENERAL PUBLIC LICENSE/i],
      ['LGPL-2.1', /GNU (LESSER|LIBRARY) GENERAL PUBLIC LICENSE/i],
      ['GPL-2.0', /GNU GENERAL PUBLIC LICENSE|\bGPL-[23]\.0\b/i],
      ['MPL-2.0', /Mozilla Public License/i],
    ] as const
  ).find(([, pattern]) => pattern.test(text))
  return found?.[0] ?? null
}
