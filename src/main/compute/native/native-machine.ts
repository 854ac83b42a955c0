import { accessSync, constants, statfsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { inEnglish, tell, type Told } from '../../../shared/contract/told.ts'

/** Any of these compiles the addon's two files. */
const COMPILERS = ['g++', 'c++', 'clang++'] as const

/** What the installer needs to know of the machine; tests give their own. */
export interface NativeMachine {
  readonly platform: string
  readonly architecture: string
  /** Linux with GNU's C library, which the wheels are built for; Alpine and its kin have another. */
  readonly hasGlibc: boolean
  /** Null where the program is not there. */
  findTool(name: string): string | null
  freeDiskBytes(folder: string): number
}

export const thisMachine: NativeMachine = {
  platform: process.platform,
  architecture: process.arch,
  get hasGlibc() {
    return hasGlibc()
  },
  findTool: (name) =>
    [...(process.env['PATH'] ?? '').split(delimiter), dirname(process.execPath)]
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, name))
      .find(isExecutable) ?? null,
  freeDiskBytes(folder) {
    for (let place = folder; ; place = dirname(place)) {
      try {
        const { bavail, bsize } = statfsSync(place)
        return bavail * bsize
      } catch {
        if (dirname(place) === place) return 0 // not even the root answers
      }
    }
  },
}

export const findCompiler = (machine: NativeMachine): string | null =>
  COMPILERS.map((name) => machine.findTool(name)).find((path) => path !== null) ?? null

/** What stands against installing the engine here, with what to do; null when nothing does. */
export function obstacleOn(machine: NativeMachine): string | null {
  const told = obstacleToldOn(machine)
  return told && inEnglish(told)
}

/** The same by its code. */
export function obstacleToldOn(machine: NativeMachine): Told | null {
  const { platform, architecture } = machine
  const place = `${platform} on ${architecture}`
  if (platform !== 'linux' || architecture !== 'x64') return tell('no-archive', place)
  if (!machine.hasGlibc) return tell('no-archive', tell('other-c-library', place))
  const [one, other] = [
    ...(findCompiler(machine) === null ? [tell('no-compiler')] : []),
    ...(machine.findTool('npm') === null ? [tell('no-npm')] : []),
  ]
  if (one === undefined) return null
  return tell('tools-missing', other === undefined ? one : tell('neither-nor', one, other))
}

/** Node tells the version of GNU's C library that it runs on, where it does. */
function hasGlibc(): boolean {
  // Otherwise it asks for the names of all whom this process is connected to.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean } // newer than its types
  report.excludeNetwork = true
  const { header } = report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } } // untyped
  return header?.glibcVersionRuntime !== undefined
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // not there, or not to be run
  }
}
