import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { examineLibrary, type LibraryState } from '../library/examine.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import { isNodeRecent, OLDEST_NODE } from '../preflight.ts'
import { fine, trouble, type Finding } from './finding.ts'

/** A normal training with its checkpoints, and an hour of song with its renders. */
const COMFORTABLE_BYTES = 2_000_000_000

/**
 * What the program needs of this machine, looked at from outside: nothing is opened for work, and nothing stays written.
 * The compute engine is not among it: it has to work to be judged.
 */
export const examineSystem = (
  installation: Installation,
  paths: Pick<ApplicationPaths, 'homeFolder'>,
): readonly Finding[] => [
  versionsFinding(installation.version, process.versions.node),
  programFinding(installation),
  modelsFinding(installation.modelsFolder),
  permissionsFinding(paths.homeFolder),
  diskFinding(freeBytes(paths.homeFolder)),
  libraryFinding(examineLibrary(paths.homeFolder)),
]

export function versionsFinding(version: string, node: string): Finding {
  const found = `Understudy ${version}, Node ${node}, ${process.platform} ${process.arch}`
  return isNodeRecent(node)
    ? fine('versions', found)
    : trouble('versions', found, `Use Node ${OLDEST_NODE.join('.')} or newer: “npm ci” brings one along.`)
}

function programFinding({ rendererFolder, rootFolder }: Installation): Finding {
  const parts = [join(rendererFolder, 'index.html'), join(rootFolder, 'out', 'kernels')]
  const missing = parts.filter((path) => !existsSync(path))
  return missing.length === 0
    ? fine('program', 'the window and the kernels are built')
    : trouble('program', `missing: ${missing.join(', ')}`, 'Run “npm run build”, or install the program anew.')
}

function modelsFinding(folder: string): Finding {
  const shipped = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'manifest.json')))
    : []
  const broken = shipped.filter((name) => !isJson(join(folder, name, 'manifest.json')))
  if (shipped.length === 0 || broken.length > 0)
    return trouble(
      'models',
      broken.length > 0 ? `unreadable: ${broken.join(', ')}` : `nothing in ${folder}`,
      'Install the program anew: its models come with it.',
    )
  return fine('models', `${shipped.length} shipped: ${shipped.join(', ')}`)
}

function isJson(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, 'utf8'))
    return true
  } catch {
    return false
  }
}

/** Writes, reads and removes a file where singers and jobs are kept. */
function permissionsFinding(homeFolder: string): Finding {
  const path = join(homeFolder, `.understudy-${process.pid}.tmp`)
  try {
    mkdirSync(homeFolder, { recursive: true })
    writeFileSync(path, 'written')
    if (readFileSync(path, 'utf8') !== 'written') throw new Error('other bytes came back')
    rmSync(path)
    return fine('permissions', `${homeFolder} can be written`)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    return trouble(
      'permissions',
      `${homeFolder} can’t be written: ${code}`,
      'Allow writing there, or name another folder in UNDERSTUDY_HOME.',
    )
  }
}

/** Of the disk that holds the folder, or will; null where the system does not tell. */
function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}

export function diskFinding(bytes: number | null): Finding {
  if (bytes === null)
    return trouble('disk', 'free space is not known', 'Check that the disk of UNDERSTUDY_HOME is there.')
  const found = `${(bytes / 1e9).toFixed(1)} GB are free`
  return bytes >= COMFORTABLE_BYTES
    ? fine('disk', found)
    : trouble('disk', found, `Free some space: a training and its song want ${COMFORTABLE_BYTES / 1e9} GB.`)
}

export function libraryFinding(state: LibraryState): Finding {
  switch (state.kind) {
    case 'none':
      return fine('library', 'there is none yet; the first start makes it')
    case 'whole':
      return fine('library', `whole, version ${state.version}, ${state.singerCount} singers`)
    case 'in-use':
      return trouble('library', 'open in another Understudy', 'Close it, then ask again.')
    case 'damaged':
      return trouble(
        'library',
        'damaged',
        'Start the program: it puts the file aside and rebuilds it from the singers’ files.',
      )
    case 'newer':
      return trouble(
        'library',
        `of version ${state.version}, where this program knows ${state.knownVersion}`,
        'Use the newer program; nothing is changed by this one.',
      )
    case 'unreadable':
      return trouble(
        'library',
        `can’t be read: ${state.code}`,
        'Allow reading it, or name another folder in UNDERSTUDY_HOME.',
      )
  }
}
