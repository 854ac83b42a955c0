import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import envPaths from 'env-paths'

/** Where the program's own files lie: the same from source and from the bundle. */
export interface Installation {
  readonly rootFolder: string
  readonly rendererFolder: string
  readonly modelsFolder: string
  readonly preloadPath: string
  readonly libraryWorkerPath: string
  readonly computeWorkerPath: string
  readonly demoWorkerPath: string
  readonly version: string
}

/** Where the program keeps what it makes on this machine. */
export interface ApplicationPaths {
  readonly homeFolder: string
  readonly logsFolder: string
  /** Files that a page sent and nobody used yet. */
  readonly uploadsFolder: string
  /** Autosaved documents, one per project. */
  readonly recoveryFolder: string
  /** Media of projects that were never saved, one folder per project. */
  readonly unsavedFolder: string
  readonly modelsFolder: string
  /** Compute engines that this person installed. */
  readonly enginesFolder: string
  /** The demo song's stems. */
  readonly demoFolder: string
}

/** Reads the place of the program from an entry's own address: `src/main/*.ts` or `out/main/*.js`. */
export function installationOf(entryUrl: string, resourcesFolder: string | null = null): Installation {
  const entryPath = fileURLToPath(entryUrl)
  const entryFolder = dirname(entryPath)
  const isSource = entryPath.endsWith('.ts')
  const rootFolder = resolve(entryFolder, '..', '..')
  return {
    rootFolder,
    rendererFolder: join(rootFolder, 'out', 'renderer'),
    modelsFolder: join(resourcesFolder ?? rootFolder, 'models'),
    preloadPath: join(rootFolder, 'out', 'preload', 'index.cjs'),
    libraryWorkerPath: join(entryFolder, isSource ? 'library/worker.ts' : 'library-worker.js'),
    computeWorkerPath: join(entryFolder, isSource ? 'compute/worker.ts' : 'compute-worker.js'),
    demoWorkerPath: join(entryFolder, isSource ? 'projects/demo-worker.ts' : 'demo-worker.js'),
    version: versionIn(rootFolder),
  }
}

/** `UNDERSTUDY_HOME`, or the system's folder for application data. */
export function applicationPaths(
  installation: Pick<Installation, 'modelsFolder'>,
  environment: Readonly<Record<string, string | undefined>>,
): ApplicationPaths {
  const chosen = environment['UNDERSTUDY_HOME']
  const homeFolder = resolve(chosen && chosen !== '' ? chosen : envPaths('Understudy', { suffix: '' }).data)
  return {
    homeFolder,
    logsFolder: join(homeFolder, 'logs'),
    uploadsFolder: join(homeFolder, 'uploads'),
    recoveryFolder: join(homeFolder, 'recovery'),
    unsavedFolder: join(homeFolder, 'unsaved'),
    modelsFolder: installation.modelsFolder,
    enginesFolder: join(homeFolder, 'engines'),
    demoFolder: join(homeFolder, 'demo'),
  }
}

function versionIn(rootFolder: string): string {
  const description: unknown = JSON.parse(readFileSync(join(rootFolder, 'package.json'), 'utf8'))
  const isRecord = typeof description === 'object' && description !== null && 'version' in description
  return isRecord && typeof description.version === 'string' ? description.version : '0.0.0'
}
