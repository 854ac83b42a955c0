import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** A package of somebody else's that a person gets with the program. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** As its manifest says, or where it is not installed the lock file. */
  readonly licence: string
  /** Null where it is not installed on this machine: it belongs to another system. */
  readonly folder: string | null
  readonly repository: string
  readonly author: string
  /** Beside the program, or copied into its files while building. */
  readonly way: 'beside' | 'bundled'
}

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
})
export type LockedPackages = z.infer<typeof lockFile>['packages']

const person = z.union([z.string(), z.looseObject({ name: z.string().optional() })])
const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.looseObject({ type: z.string().optional() })]).optional(),
  repository: z.union([z.string(), z.looseObject({ url: z.string().optional() })]).optional(),
  author: person.optional(),
})
const nameList = z.array(z.string())

export const readLock = (rootFolder: string): LockedPackages =>
  lockFile.parse(JSON.parse(readFileSync(join(rootFolder, 'package-lock.json'), 'utf8'))).packages

/** The file in each part of `out/` that names the packages whose code was copied into that part. */
export const BUNDLED_LIST = 'bundled-packages.json'

/** Copied in while building by other tools than the bundler: AssemblyScript's standard library, into the kernels. */
const compiledIn = ['assemblyscript']
/** What a package is unpacked beside: Electron, whose own third parties come with it in LICENSES.chromium.html. */
const around = ['electron']

/**
 * Every package that ships: the whole production tree of the lock file, what the bundler copied out of the development
 * tree (which it wrote down), and what the program runs in.
 * @throws where the program isn't built, because nobody knows then what was copied in
 */
export function shippedPackages(rootFolder: string): readonly ShippedPackage[] {
  const lock = readLock(rootFolder)
  // The program itself, and what lies in its own folder behind a link, have no place below node_modules.
  const beside = Object.keys(lock).filter((place) => place.startsWith('node_modules/') && lock[place].dev !== true)
  const bundled = [...bundledNames(rootFolder), ...compiledIn, ...around]
    .map((name) => `node_modules/${name}`)
    .filter((place) => !beside.includes(place))
  return [
    ...beside.map((place) => describe(rootFolder, place, lock, 'beside')),
    ...[...new Set(bundled)].map((place) => describe(rootFolder, place, lock, 'bundled')),
  ].toSorted((a, b) => (a.name === b.name ? compare(a.version, b.version) : compare(a.name, b.name)))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function bundledNames(rootFolder: string): readonly string[] {
  const lists = ['main', 'preload', 'renderer'].map((part) => join(rootFolder, 'out', part, BUNDLED_LIST))
  const missing = lists.filter((path) => !existsSync(path))
  if (missing.length > 0) throw new Error(`The program is not built: ${missing[0]} is missing. Run “npm run build”.`)
  return lists.flatMap((path) => nameList.parse(JSON.parse(readFileSync(path, 'utf8'))))
}

function describe(rootFolder: string, place: string, lock: LockedPackages, way: ShippedPackage['way']): ShippedPackage {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const folder = join(rootFolder, place)
  const path = join(folder, 'package.json')
  const locked = lock[place] ?? {}
  if (!existsSync(path)) {
    const { version = '', license: licence = '' } = locked
    return { name, version, licence, folder: null, repository: '', author: '', way }
  }
  const read = manifest.parse(JSON.parse(readFileSync(path, 'utf8')))
  const licence = (typeof read.license === 'string' ? read.license : read.license?.type) ?? locked.license ?? ''
  const repository = (typeof read.repository === 'string' ? read.repository : read.repository?.url) ?? ''
  const author = (typeof read.author === 'string' ? read.author : read.author?.name) ?? ''
  return { name, version: read.version, licence, folder, repository, author, way }
}

/** The texts of its licence that a package brings, by file name. */
export function licenceTexts(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|third[-_]?party)/i.test(file))
    .toSorted(compare)
    .flatMap((file) => {
      try {
        return [{ file, text: readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() }]
      } catch {
        return [] // a folder of that name
      }
    })
}
