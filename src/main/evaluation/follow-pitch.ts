import { comparePitch, median } from '../../shared/evaluation/index.ts'
import { tilt } from './equalizer.ts'
import type { Heard, Listener } from './listening.ts'
import type { Product } from './product.ts'

/** Whether conversions keep length, melody and voicing; one row per file. */
export interface PitchRow {
  readonly file: string
  readonly semitones: number
  readonly sourceSamples: number
  readonly convertedSamples: number
  readonly medianCents: number | null
  readonly interiorMedianCents: number | null
  readonly voicingDisagreement: number
  /** The same over the source's active frames only: in room tone a tracker guesses. */
  readonly activeVoicingDisagreement: number
  /** What a gentle tone control alone does to the tracker's voicing: nothing below it can be told from chance. */
  readonly tiltedVoicingDisagreement: number
  /** Of all frames, by a tracker that no conversion uses. */
  readonly independentVoicingDisagreement: number
  readonly isMet: boolean
}

export interface PitchReport {
  readonly rows: readonly PitchRow[]
  readonly medianOfMedianCents: number | null
  readonly medianVoicingDisagreement: number | null
  readonly medianIndependentDisagreement: number | null
  readonly metCount: number
}

/**
 * The product's promise: a median error under 20 cents, disagreement under 5 % of frames by the analysis' own tracker,
 * not one sample more or less.
 */
export const GREATEST_MEDIAN_CENTS = 20
export const GREATEST_VOICING_DISAGREEMENT = 0.05

export async function followPitch(
  clipPaths: readonly string[],
  sources: readonly { readonly name: string; readonly path: string }[],
  { product, listener, tell }: { product: Product; listener: Listener; tell: (line: string) => void },
): Promise<PitchReport> {
  tell(`training a singer from ${clipPaths.length} clips`)
  const singer = await product.train('Pitch trial', clipPaths)
  const rows: PitchRow[] = []
  for (const source of sources) {
    const heard = await listener.hearFile(source.path)
    const { path, semitones } = await product.convert(source.path, singer)
    const converted = await listener.hearFile(path)
    const pitch = comparePitch(converted.f0, heard.f0, semitones)
    const row = {
      file: source.name,
      semitones,
      sourceSamples: heard.sound.samples.length,
      convertedSamples: converted.sound.samples.length,
      medianCents: pitch.medianCents,
      interiorMedianCents: pitch.interiorMedianCents,
      voicingDisagreement: pitch.voicingDisagreement,
      activeVoicingDisagreement: activeDisagreement(heard, converted),
      independentVoicingDisagreement: independentDisagreement(heard, converted, listener),
      tiltedVoicingDisagreement: comparePitch(listener.hearSound(tilt(heard)).f0, heard.f0, 0).voicingDisagreement,
    }
    rows.push({ ...row, isMet: meetsPromise(row) })
    tell(formatPitchRow(rows[rows.length - 1]))
  }
  const medians = rows.map((row) => row.medianCents).filter((cents) => cents !== null)
  return {
    rows,
    medianOfMedianCents: median(medians),
    medianVoicingDisagreement: median(rows.map((row) => row.voicingDisagreement)),
    medianIndependentDisagreement: median(rows.map((row) => row.independentVoicingDisagreement)),
    metCount: rows.filter((row) => row.isMet).length,
  }
}

/** Places of active frames stand at 10 ms, pitch at 5 ms. */
function activeDisagreement(source: Heard, converted: Heard): number {
  const { places } = source.clip.envelope
  let differing = 0
  for (const place of places) if (source.f0[2 * place] > 0 !== converted.f0[2 * place] > 0) differing++
  return places.length === 0 ? 0 : differing / places.length
}

function independentDisagreement(source: Heard, converted: Heard, listener: Listener): number {
  const [before, after] = [source, converted].map(({ sound }) => listener.trackPitch(sound))
  return comparePitch(after, before, 0).voicingDisagreement
}

const meetsPromise = (row: Omit<PitchRow, 'isMet'>): boolean =>
  row.sourceSamples === row.convertedSamples &&
  (row.medianCents === null || row.medianCents < GREATEST_MEDIAN_CENTS) &&
  row.voicingDisagreement < GREATEST_VOICING_DISAGREEMENT

export function formatPitchRow(row: PitchRow): string {
  const samples =
    row.sourceSamples === row.convertedSamples
      ? `${row.sourceSamples} samples`
      : `${row.convertedSamples} samples instead of ${row.sourceSamples}`
  const cents = row.medianCents === null ? 'no pitch' : `${row.medianCents.toFixed(1)} cents`
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const voicing = [
    percent(row.voicingDisagreement),
    `(${percent(row.activeVoicingDisagreement)} of active frames;`,
    `${percent(row.independentVoicingDisagreement)} by another tracker;`,
    `${percent(row.tiltedVoicingDisagreement)} after a tone control alone)`,
  ].join(' ')
  return `${row.isMet ? 'ok    ' : 'MISSED'} ${row.file}: ${cents}, voicing differs in ${voicing}, ${row.semitones} semitones, ${samples}`
}
