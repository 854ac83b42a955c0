import { CancelledError, failure, FailureError } from '../../shared/base/errors.ts'
import type { NativeVariant, NativeVariantId } from '../../shared/contract/engines.ts'
import { createEngineRoster } from '../compute/engines/engine-roster.ts'
import { engines } from '../compute/engines/engines.ts'
import { createWorkerFork } from '../compute/workers/fork-worker.ts'
import { installNativeEngine, removeNativeEngine } from '../compute/native/native-install.ts'
import { describeOffer, installedVariant } from '../compute/native/native-offer.ts'
import type { ApplicationPaths, Installation } from '../paths.ts'
import type { Terminal } from './terminal.ts'

export interface EngineInstallation {
  readonly paths: Pick<ApplicationPaths, 'enginesFolder' | 'modelsFolder'>
  readonly installation: Pick<Installation, 'computeWorkerPath'>
  readonly terminal: Terminal
  readonly interruption: AbortSignal
}

/**
 * Brings the native engine, telling beforehand what it costs. Needs no library: a running window stays as it is, and
 * takes the engine at its next start. Throws FailureError and CancelledError.
 */
export async function installEngine(variant: NativeVariantId, options: EngineInstallation): Promise<void> {
  const { paths, terminal, interruption } = options
  const { enginesFolder } = paths
  const offer = await describeOffer(enginesFolder)
  if (offer.obstacle !== null) throw new FailureError(failure('engine-unavailable', offer.obstacle))
  const chosen = offer.variants.find(({ id }) => id === variant)
  if (chosen !== undefined) terminal.writeAside(beforehand(chosen))
  const display = createDisplay(terminal)
  try {
    const folder = await installNativeEngine({
      enginesFolder,
      variant,
      signal: interruption,
      onProgress: display.show,
      trial: () => rosterFor(options).tryOne('tensorflow'),
    })
    display.end()
    terminal.write(`${folder}\n`)
  } catch (cause) {
    display.end()
    if (cause instanceof CancelledError) terminal.writeAside('What came so far is kept; the same command goes on.\n')
    throw cause
  }
}

export async function removeEngine({ paths, terminal }: EngineInstallation): Promise<void> {
  const variant = installedVariant(paths.enginesFolder)
  await removeNativeEngine(paths.enginesFolder)
  terminal.writeAside(variant === null ? 'No native engine was installed.\n' : 'The native engine is removed.\n')
}

const rosterFor = ({ paths, installation, terminal }: EngineInstallation) =>
  createEngineRoster({
    engines,
    setting: { enginesFolder: paths.enginesFolder, hasWindows: false },
    wanted: null,
    workerPath: installation.computeWorkerPath,
    fork: createWorkerFork(paths),
    nowMs: Date.now,
    onChange: () => {},
    onTrouble: (message) => terminal.writeAside(`${message}\n`),
  })

function beforehand({ label, downloadBytes, receivedBytes, diskBytes, licence, caveat }: NativeVariant): string {
  const there = receivedBytes > 0 ? ` (${megabytes(receivedBytes)} of it are there)` : ''
  const lines = [
    `${label}: downloads ${megabytes(downloadBytes)}${there} and 40 MB of packages, takes ${megabytes(diskBytes)} of disk at most, compiles a small addon.`,
    ...(caveat === null ? [] : [`It is ${caveat}.`]),
    `${licence}. The whole texts lie beside the engine.`,
  ]
  return `${lines.join('\n')}\n`
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`

/** One line that moves on a terminal; a line per step of a tenth elsewhere. */
function createDisplay({ isInteractive, writeAside }: Terminal) {
  let last = ''
  return {
    show(fraction: number, phase: string) {
      const line = `${String(Math.floor(fraction * 100)).padStart(3)} %  ${phase}`
      const step = `${Math.floor(fraction * 10)} ${phase.split(',')[0]}`
      if (isInteractive) writeAside(`\r\u001b[2K${line}`)
      else if (step !== last) writeAside(`${line}\n`)
      last = step
    },
    end: () => isInteractive && writeAside('\r\u001b[2K'),
  }
}
