import chromium from '@sparticuz/chromium'
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { findEngine } from '../../../src/main/compute/engines/engines.ts'
import { applicationPaths } from '../../../src/main/paths.ts'
import { sourceInstallation } from '../opened-application.ts'
import type { ProbeAnswer, ProbeOrder } from './probe-training.ts'

/** Where the engines that `npm run native` installs are looked for. */
export const { enginesFolder } = applicationPaths(sourceInstallation, process.env)

/** Why native TensorFlow cannot be tested here; null where it can. */
export function tensorflowObstacle(): string | null {
  const found = findEngine('tensorflow')?.probe({ enginesFolder, hasWindows: false })
  return found?.isPresent === true
    ? null
    : `native TensorFlow: ${found?.reason ?? 'unknown'} (npm run native installs it)`
}

/** Why WebGPU in Node cannot be tested here: its package is optional; null where it can. */
export function webgpuObstacle(): string | null {
  const version = findEngine('webgpu')?.probe({ enginesFolder, hasWindows: false }).version ?? null
  return version === null ? 'the optional package “webgpu” is not installed' : null
}

/** A Vulkan driver that computes on the processor: it comes with the test browser. */
export async function softwareGpuVariables(
  kernels: 'plain' | 'real' = 'plain',
): Promise<Readonly<Record<string, string>>> {
  const folder = dirname(await chromium.executablePath())
  return {
    LD_LIBRARY_PATH: folder,
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    UNDERSTUDY_SOFTWARE_GPU: kernels,
  }
}

/** Trains every probe on an engine, in a process of its own. */
export function trainProbesApart(
  engine: string,
  order: ProbeOrder,
  variables: Readonly<Record<string, string>> = {},
): Promise<ProbeAnswer> {
  const words = [join(import.meta.dirname, 'probe-child.ts'), engine, enginesFolder ?? '']
  const child = spawn(process.execPath, words, { env: { ...process.env, ...variables } })
  child.stdin.on('error', () => {}) // a child that ended before it read is explained by its end
  child.stdin.end(JSON.stringify(order))
  let [said, complained] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text))
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const line = said.trim().split('\n').at(-1) ?? ''
      if (code === 0 && line.startsWith('{'))
        resolve(JSON.parse(line) as ProbeAnswer) // the child's own
      else reject(new Error(`${engine} ended with ${code}: ${complained.slice(-2000)}`))
    })
  })
}
