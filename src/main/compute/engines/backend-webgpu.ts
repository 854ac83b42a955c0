import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { tell, type Told } from '../../../shared/contract/told.ts'
import type { Gpu } from '../../../shared/nn/webgpu-adapter.ts'
import type { SoftwareUse } from '../../../shared/nn/webgpu-backend.ts'
import { because, type ComputeEngine, type EngineProbe, type LoadedEngine } from './compute-engine.ts'

/** Dawn, the WebGPU of Chromium, for Node: Vulkan, Metal or Direct3D of any maker, without a display. */
const PACKAGE = 'webgpu'
/** Set in tests to `plain` or `real`: a software device is for comparing numbers, never for work. */
const SOFTWARE_VARIABLE = 'UNDERSTUDY_SOFTWARE_GPU'
/** How long a failure may take to leave before a worker without its device ends, to be replaced. */
const LAST_WORDS_MS = 1000
/** Where Linux shows graphics devices that compute without a display. */
const DEVICE_PLACES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'] as const
const NVIDIA_VERSION = '/proc/driver/nvidia/version'

/** Any graphics device, through the driver's own Vulkan, Metal or Direct3D, in a worker process. */
export const webgpuEngine: ComputeEngine = {
  id: 'webgpu',
  label: 'WebGPU',
  body: 'process',
  backendName: 'webgpu',
  isHidden: false,
  probe,
  load,
}

function softwareUse(): SoftwareUse {
  const asked = process.env[SOFTWARE_VARIABLE]
  return asked === 'plain' || asked === 'real' ? asked : 'refused'
}

function probe(): EngineProbe {
  const version = installedVersion()
  const absent = (told: Told) => ({ isPresent: false, ...because(told), version, driver: null })
  if (version === null) return absent(tell('not-installed'))
  const isDeviceSeen = process.platform !== 'linux' || DEVICE_PLACES.some((place) => existsSync(place))
  if (!isDeviceSeen && softwareUse() === 'refused') return absent(tell('no-graphics-device'))
  return { isPresent: true, ...because(tell('installed')), version: `webgpu ${version}`, driver: driverTraces() }
}

async function load(): Promise<LoadedEngine> {
  const { create, globals } = await loadDawn()
  Object.assign(globalThis, globals)
  const gpu = create([])
  // The tensor library looks here for WebGPU.
  const ownNavigator: object = (globalThis as { navigator?: object }).navigator ?? {} // Node 20 has none
  Object.defineProperty(ownNavigator, 'gpu', { value: gpu, configurable: true })
  Object.defineProperty(globalThis, 'navigator', { value: ownNavigator, configurable: true })
  const { openWebGpu } = await import('../../../shared/nn/webgpu-backend.ts')
  const opened = await openWebGpu(gpu, { software: softwareUse() })
  void opened.lost.then((reason) => {
    process.stderr.write(`the graphics device was lost: ${reason}\n`)
    setTimeout(() => process.exit(1), LAST_WORDS_MS)
  })
  return { version: installedVersion() ?? 'unknown', device: opened.device, memoryBytes: null }
}

interface Dawn {
  create(options: readonly string[]): Gpu
  readonly globals: object
}

/** The package is optional, so that its types may be missing too: its name is kept from the compiler. */
async function loadDawn(): Promise<Dawn> {
  const name: string = PACKAGE
  const loaded: unknown = await import(name)
  return loaded as Dawn // its documented exports
}

function installedVersion(): string | null {
  try {
    const path = createRequire(import.meta.url).resolve(PACKAGE)
    const description: unknown = JSON.parse(readFileSync(join(path, '..', 'package.json'), 'utf8'))
    const { version } = description as { readonly version?: unknown } // npm's own file
    return typeof version === 'string' ? version : null
  } catch {
    return null // not installed, which the caller says
  }
}

/** What changes with a driver, read from files alone: NVIDIA's version, else the names of Vulkan's driver files. */
function driverTraces(): string | null {
  if (existsSync(NVIDIA_VERSION)) return readFileSync(NVIDIA_VERSION, 'utf8').split('\n')[0].trim()
  const asked = process.env['VK_DRIVER_FILES'] ?? process.env['VK_ICD_FILENAMES']
  if (asked !== undefined) return asked
  const folder = '/usr/share/vulkan/icd.d'
  return existsSync(folder) ? readdirSync(folder).sort().join(' ') : null
}
