import { compiledParts, holdsCompiledCode } from './compiled-parts.ts'
import { licenceKind, licenceOfText, type LicenceKind } from './licence-kind.ts'
import { isReplaceable } from './replaceable-packages.ts'
import { licenceTexts, type ShippedPackage } from './shipped-packages.ts'

export interface LicenceRow {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly kind: LicenceKind
  readonly way: ShippedPackage['way'] | 'inside'
  /** Why the row says what it says, where the manifest alone does not. */
  readonly source: string
}

/** One row for a package, and one for each work that lies compiled inside it. */
export function licenceRows({ name, version, licence, folder, way }: ShippedPackage): readonly LicenceRow[] {
  const kindOf = (stated: string) => kindFor(stated, isReplaceable(name))
  const stated: LicenceRow = { name, version, licence, kind: kindOf(licence), way, source: '' }
  if (folder === null) return [stated]
  const inside = Object.hasOwn(compiledParts, name) ? compiledParts[name] : null
  const parts = (inside ?? []).map((part): LicenceRow => ({
    name: `${name} › ${part.name}`,
    version,
    licence: part.licence,
    kind: kindFor(part.licence, part.isReplaceable === true || isReplaceable(name)),
    way: 'inside',
    source: part.source,
  }))
  if (inside === null && holdsCompiledCode(folder)) {
    const source = 'holds compiled code, and packaging/compiled-parts.ts does not say of what'
    parts.push({ name: `${name} › ?`, version, licence: '', kind: 'unknown', way: 'inside', source })
  }
  return [stated, ...hiddenInText(stated, folder, inside?.map((part) => part.licence) ?? []), ...parts]
}

/** What the lesser licence asks for is given where the library is a file that a person may replace. */
const kindFor = (licence: string, mayBeReplaced: boolean): LicenceKind =>
  mayBeReplaced && /^LGPL-/.test(licence) ? 'weak-copyleft' : licenceKind(licence)

/** A manifest may say MIT above a text that says something else. */
function hiddenInText(stated: LicenceRow, folder: string, alreadySaid: readonly string[]): readonly LicenceRow[] {
  if (stated.kind === 'copyleft' || alreadySaid.some((licence) => licenceKind(licence) === 'copyleft')) return []
  return licenceTexts(folder).flatMap(({ file, text }) => {
    const licence = licenceOfText(text)
    const kind = licence === null ? stated.kind : kindFor(licence, isReplaceable(stated.name))
    if (licence === null || kind === stated.kind) return []
    const row: LicenceRow = { ...stated, licence, kind, way: 'inside', source: `its ${file}` }
    return [row]
  })
}

/** What must not ship: copyleft, and what nobody looked at. */
export const isRefused = ({ kind }: LicenceRow): boolean => kind === 'copyleft' || kind === 'unknown'
