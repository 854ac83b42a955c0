import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { join } from 'node:path'
import util from 'node:util'
import { tell } from '../../../shared/contract/told.ts'
import {
  because,
  type ComputeEngine,
  type EngineProbe,
  type EngineSetting,
  type LoadedEngine,
} from './compute-engine.ts'

/** In the order they are tried: installed beside the program, then by `understudy backend install`. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const
const NVIDIA_DRIVER = '/proc/driver/nvidia'
const TOOL_BOUND_MS = 5000

/** TensorFlow's own kernels, on the processor with oneDNN or on an NVIDIA device with CUDA. */
export const tensorflowEngine: ComputeEngine = {
  id: 'tensorflow',
  label: 'TensorFlow, native',
  body: 'process',
  backendName: 'tensorflow',
  isHidden: false,
  probe,
  load,
}

interface FoundPackage {
  readonly require: NodeJS.Require
  readonly name: string
  readonly version: string
}

function probe(setting: EngineSetting): EngineProbe {
  const found = findPackage(setting)
  if (found === null) return { isPresent: false, ...because(tell('not-installed')), version: null, driver: null }
  const driver = readText(join(NVIDIA_DRIVER, 'version')).split('\n')[0].trim()
  return {
    isPresent: true,
    ...because(tell('installed')),
    version: `${found.name.replace('@tensorflow/', '')} ${found.version}`,
    driver: driver === '' ? null : driver,
  }
}

async function load(setting: EngineSetting): Promise<LoadedEngine> {
  const found = findPackage(setting)
  if (found === null) throw new Error('not installed')
  restoreRemovedUtilities()
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  const loaded: unknown = found.require(found.name)
  const { registerTensorflowKernels } = await import('./tensorflow-kernels.ts')
  registerTensorflowKernels()
  const tensorflow = (loaded as { version?: Record<string, unknown> } | null)?.version?.['tfjs-node'] // untyped package
  const { engine } = await import('@tensorflow/tfjs-core')
  const usesGpu = (engine().findBackend('tensorflow') as { isUsingGpuDevice?: boolean } | null)?.isUsingGpuDevice
  const device = usesGpu === true ? nvidiaDevice() : (cpus()[0]?.model ?? null)
  const memoryBytes = usesGpu === true ? nvidiaMemoryBytes() : null
  return { version: String(tensorflow ?? found.version), device, memoryBytes }
}

/** Of the places where it may be installed; only files are looked at. */
function findPackage({ enginesFolder }: EngineSetting): FoundPackage | null {
  const installed = enginesFolder === null ? [] : [join(enginesFolder, 'tensorflow', 'entry.js')]
  for (const origin of [import.meta.url, ...installed]) {
    const require = createRequire(origin)
    for (const name of PACKAGES) {
      const version = versionOf(require, name)
      if (version !== null) return { require, name, version }
    }
  }
  return null
}

function versionOf(require: NodeJS.Require, name: string): string | null {
  try {
    const description: unknown = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8'))
    const { version } = description as { readonly version?: unknown } // npm's own file; checked in this line's next
    return typeof version === 'string' ? version : 'unknown'
  } catch {
    return null // not installed there: the next place is tried
  }
}

/** The package calls two functions of `util` that Node 23 removed. */
function restoreRemovedUtilities(): void {
  const removed = util as unknown as Record<string, unknown> // its types no longer name them
  removed['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  removed['isArray'] = Array.isArray
}

/** As the driver names it: "NVIDIA RTX A4000". */
function nvidiaDevice(): string {
  const folder = join(NVIDIA_DRIVER, 'gpus')
  const [first] = listFolder(folder)
  const model = first === undefined ? null : /^Model:\s*(.+)$/m.exec(readText(join(folder, first, 'information')))
  return model?.[1].trim() ?? 'NVIDIA'
}

/** As NVIDIA's own tool tells it; null where that is missing or says something else. */
function nvidiaMemoryBytes(): number | null {
  try {
    const words = ['--query-gpu=memory.total', '--format=csv,noheader,nounits']
    const said = execFileSync('nvidia-smi', words, { encoding: 'utf8', timeout: TOOL_BOUND_MS, stdio: 'pipe' })
    const mebibytes = Number(said.split('\n')[0])
    return mebibytes > 0 ? mebibytes * 2 ** 20 : null
  } catch {
    return null // the engine works without
  }
}

const listFolder = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no such driver
  }
}

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // no such driver
  }
}
