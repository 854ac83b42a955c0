import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export type ElectronAtHand =
  | { readonly found: true; /** A folder with the unpacked binary, or an archive. */ readonly path: string }
  | { readonly found: false; readonly sentence: string }

export interface ElectronSearch {
  readonly rootFolder: string
  readonly version: string
  readonly platform: string
  readonly architecture: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Looks for Electron where its own package and its downloader keep it, without asking any network: the folder that
 * ELECTRON_OVERRIDE_DIST_PATH names, the folder of the package, the downloader's cache.
 */
export function findElectron(search: ElectronSearch): ElectronAtHand {
  const { rootFolder, version, platform, architecture, environment } = search
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH']
  if (override !== undefined && override !== '') {
    const complaint = unfit(override, version)
    return complaint === null
      ? { found: true, path: override }
      : { found: false, sentence: `ELECTRON_OVERRIDE_DIST_PATH names ${override}, and ${complaint}.` }
  }
  const inPackage = join(rootFolder, 'node_modules', 'electron', 'dist')
  if (unfit(inPackage, version) === null) return { found: true, path: inPackage }
  const archive = `electron-v${version}-${platform}-${architecture}.zip`
  const caches = cacheFolders(platform, environment)
  const cached = caches.flatMap((folder) => archivesIn(folder, archive))[0]
  if (cached !== undefined) return { found: true, path: cached }
  return {
    found: false,
    sentence: [
      `Electron ${version} for ${platform} ${architecture} is not on this machine, so that nothing can be packaged.`,
      `Looked for it unpacked in ${inPackage}, and for ${archive} in ${caches.join(' and ')}.`,
      'Either fetch it once where there is a network: node node_modules/electron/install.js',
      'or unpack that archive anywhere and name the folder: ELECTRON_OVERRIDE_DIST_PATH=<folder> npm run package:dir',
    ].join('\n'),
  }
}

/** Why a folder is not that Electron; null when it is. */
function unfit(folder: string, version: string): string | null {
  const path = join(folder, 'version')
  if (!existsSync(path)) return 'there is no unpacked Electron in it: no file “version”'
  const found = readFileSync(path, 'utf8').trim().replace(/^v/, '')
  return found === version ? null : `it holds Electron ${found}, where ${version} is expected`
}

/** As @electron/get has it, by the system's customs for caches. */
function cacheFolders(platform: string, environment: ElectronSearch['environment']): readonly string[] {
  const named = environment['electron_config_cache'] ?? environment['ELECTRON_CACHE']
  if (named !== undefined && named !== '') return [named]
  if (platform === 'darwin') return [join(homedir(), 'Library', 'Caches', 'electron')]
  if (platform === 'win32')
    return [join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'electron', 'Cache')]
  return [join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'electron')]
}

/** An archive lies in the cache itself, or one folder below, which is named after the address it came from. */
function archivesIn(folder: string, archive: string): readonly string[] {
  if (!existsSync(folder)) return []
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return [folder, ...below.map(({ name }) => join(folder, name))]
    .map((place) => join(place, archive))
    .filter((path) => existsSync(path))
}
