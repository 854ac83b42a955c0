import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tell, type Told } from '../../../shared/contract/told.ts'
import { createRemoteWork } from '../../../shared/networks/remote/remote-work.ts'
import { openWorkerPort } from '../workers/worker-port.ts'
import {
  because,
  type ComputeEngine,
  type EngineProbe,
  type EngineSetting,
  type LoadedEngine,
} from './compute-engine.ts'
import { openPageLine } from './page-line.ts'

/** Chromium's own WebGPU, which knows every maker's driver, in a hidden window that computes for a worker process. */
export const webgpuWindowEngine: ComputeEngine = {
  id: 'webgpu-window',
  label: 'WebGPU, in a hidden window',
  body: 'window',
  backendName: 'webgpu',
  isHidden: false,
  probe,
  load,
}

const PAGE = 'compute.html'
/** In tests: what the page is to do with a software device. */
const SOFTWARE_VARIABLE = 'UNDERSTUDY_SOFTWARE_GPU'
/** A browser that starts its graphics process for the first time takes seconds; a self-test waits a little longer. */
const OPENING_BOUND_MS = 15_000
/** How long a failure may take to leave before a worker without its window ends, to be replaced. */
const LAST_WORDS_MS = 1000

/** From an entry of the build, from a part that its entries share, and from the source. */
const rootsFromHere = ['../..', '../../..', '../../../..']

function pageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const root = rootsFromHere.map((up) => resolve(here, up)).find((path) => existsSync(join(path, 'out')))
  return join(root ?? resolve(here, '../..'), 'out', 'renderer')
}

function probe({ hasWindows }: EngineSetting): EngineProbe {
  const version = process.versions['electron'] ?? null
  const absent = (told: Told) => ({ isPresent: false, ...because(told), version, driver: null })
  if (!hasWindows) return absent(tell('no-windows'))
  if (!existsSync(join(pageFolder(), PAGE))) return absent(tell('no-page'))
  return { isPresent: true, ...because(tell('in-desktop')), version, driver: null }
}

async function load(): Promise<LoadedEngine> {
  const software = process.env[SOFTWARE_VARIABLE]
  const line = await openPageLine(pageFolder(), software === undefined ? {} : { software })
  openWorkerPort().send({ kind: 'open-page', address: line.address })
  const late = `its window did not open within ${OPENING_BOUND_MS / 1000} s`
  const timer = setTimeout(() => line.close(late), OPENING_BOUND_MS)
  const { version, device } = await line.ready
  clearTimeout(timer)
  void line.gone.then(() => {
    process.stderr.write('the engine lost its device: its window is gone\n')
    setTimeout(() => process.exit(1), LAST_WORDS_MS)
  })
  return { version, device, memoryBytes: null, work: createRemoteWork(line.call), leak: () => line.leak }
}
