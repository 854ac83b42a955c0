import { columnStart, spectrogramWindow, type LogSpectrogramOptions } from '../../shared/dsp/log-spectrogram.ts'
import type { FloatWav } from '../audio/float-wav.ts'

/** What of a sound a picture is made of, and how it is made of that. */
export interface TileSamples {
  readonly samples: Float32Array<ArrayBuffer>
  readonly options: LogSpectrogramOptions
}

/** Columns farther apart than so many windows are read one by one: of hours in a narrow picture little is looked at. */
const FAR_APART = 4

/** Reads the part of a file's first channel that a picture needs; the picture is the same as of the whole. */
export function tileSamples(file: FloatWav, options: LogSpectrogramOptions): Promise<TileSamples> {
  const isSparse = options.samplesPerColumn > FAR_APART * spectrogramWindow(options.rateHz)
  return isSparse ? columnsAlone(file, options) : oneStretch(file, options)
}

async function oneStretch(file: FloatWav, options: LogSpectrogramOptions): Promise<TileSamples> {
  const first = columnStart(options, 0)
  const end = columnStart(options, options.columnCount - 1) + spectrogramWindow(options.rateHz)
  const samples = await readPadded(file, first, end)
  return { samples, options: { ...options, startSample: options.startSample - first } }
}

/** The windows of all columns, one right behind the other. */
async function columnsAlone(file: FloatWav, options: LogSpectrogramOptions): Promise<TileSamples> {
  const size = spectrogramWindow(options.rateHz)
  const samples = new Float32Array(options.columnCount * size)
  await Promise.all(
    Array.from({ length: options.columnCount }, async (_, column) => {
      const first = columnStart(options, column)
      samples.set(await readPadded(file, first, first + size), column * size)
    }),
  )
  return { samples, options: { ...options, startSample: size / 2, samplesPerColumn: size } }
}

/** Silent before the file begins and behind its end. */
async function readPadded(file: FloatWav, first: number, end: number): Promise<Float32Array<ArrayBuffer>> {
  const padded = new Float32Array(end - first)
  const [from, until] = [Math.max(0, first), Math.min(end, file.durationSamples)]
  if (until > from) padded.set((await file.read(from, until)).channels[0], from - first)
  return padded
}
