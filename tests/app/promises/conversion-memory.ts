import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { convertRegion } from '../../../src/shared/conversion/convert.ts'
import { renderers } from '../../../src/shared/conversion/renderers/registry.ts'
import { compareToSource } from '../../../src/shared/conversion/report.ts'
import { defaultPerformance } from '../../../src/shared/project/performance.ts'
import { rendererIds, usualRenderer } from '../../../src/shared/project/renderers.ts'
import { loadKernels } from '../../../src/main/compute/kernels.ts'
import { diskOperations } from '../../../src/main/files/file-operations.ts'
import { createResampler } from '../../../src/main/files/resample.ts'
import { createScratchFile } from '../../../src/main/files/scratch-file.ts'
import { createWavWriter, openWavReader } from '../../../src/main/files/wav-file.ts'
import type { SingerId } from '../../../src/shared/base/id.ts'
import { untrainedSinger } from '../../support/singers.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'

/*
 * A process of its own, because it collects garbage whenever it looks: converts a voice of 12 s so many times over as
 * is asked for, by the renderer that is asked for (`--renderer world`), and prints how many bytes of arrays are in use
 * at the end of the phase that holds most.
 */
/** A phase of fewer looks shows windows, not what is gathered. */
const FEWEST_LOOKS = 6
/** The least of so many is held for sure. */
const FEW_LOOKS = 12
/** After so many every fourth will do: a collection takes longer than a window. */
const MANY_LOOKS = 24
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { renderer: { type: 'string', default: usualRenderer } },
})
const [folder, ...counts] = positionals
const rendererId = rendererIds.find((id) => id === values.renderer)
if (rendererId === undefined) throw new Error(`There is no renderer ${values.renderer}, but ${rendererIds.join(', ')}.`)
const renderer = renderers[rendererId]
setFlagsFromString('--expose-gc')
// Else the arrays that were found unused are left to another thread, and a second look would have to wait for it.
setFlagsFromString('--single-threaded-gc')
const collect = runInNewContext('gc') as () => void // the collector of a process that was started without the flag
const kernels = loadKernels(join(import.meta.dirname, '../../../out/kernels'), () => {})
const resample = await createResampler()
const singer = untrainedSinger()
process.stdout.write(`${JSON.stringify(counts.map((count) => heldBytes(Number(count))))}\n`)

function heldBytes(repeatCount: number): number {
  const source = openWavReader(writeVoice(join(folder, 'stem.wav'), [sungVoice('lead')], VOICE_RATE_HZ, repeatCount))
  const renderPath = join(folder, 'render.wav')
  const writer = createWavWriter(renderPath, { rateHz: VOICE_RATE_HZ, channelCount: 1, encoding: 'float32' })
  // As for a long file: nothing of it stays in memory because it is short.
  const scratch = createScratchFile(renderPath, diskOperations, 0)
  const looks = new Map<string, number[]>()
  let reportCount = 0
  const progress = {
    report(_fraction: number, phase = '') {
      const before = looks.get(phase) ?? []
      reportCount++
      if (before.length > MANY_LOOKS && reportCount % 4 !== 0) return
      looks.set(phase, [...before, before.length < FEW_LOOKS ? surelyHeldNow() : heldNow()])
    },
    isCancelled: false,
  }
  const region = { source, startSamples: 0, durationSamples: source.durationSamples, resample, kernels, progress }
  const performance = defaultPerformance('mira' as SingerId) // any letters will do for an id
  const outcome = convertRegion({
    ...region,
    singer,
    performance,
    renderer,
    emotion: null,
    sink: writer,
    windowLengths: { shortestSec: 1, longestSec: 2 },
    openScratch: scratch.openScratch,
  })
  writer.finish()
  scratch.close()
  const render = openWavReader(renderPath)
  compareToSource({ ...region, render, outcome })
  render.close()
  source.close()
  return Math.max(...[...looks.values()].filter(({ length }) => length >= FEWEST_LOOKS).map(heldAtEnd))
}

function heldNow(): number {
  collect()
  return process.memoryUsage().arrayBuffers
}

/** One collection in some dozens leaves arrays that nobody holds: where there are few looks, each is two. */
function surelyHeldNow(): number {
  return Math.min(heldNow(), heldNow())
}

/** What a phase has gathered is there at every look; what else is seen belongs to the window that was just done. */
function heldAtEnd(looks: readonly number[]): number {
  return Math.min(...looks.slice(Math.floor(looks.length / 2)))
}
