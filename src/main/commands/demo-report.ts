import { writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { FailureError } from '../../shared/base/errors.ts'
import type { ProjectId, SingerId } from '../../shared/base/id.ts'
import type { ConversionReport, ExportedFile } from '../../shared/contract/jobs.ts'
import { renderMediaId } from '../../shared/contract/media.ts'
import { comparePitch, loudnessErrorDb, median } from '../../shared/evaluation/index.ts'
import type { Region } from '../../shared/project/model.ts'
import { SYNTHESIS_FRAME_SEC } from '../../shared/synthesizer/index.ts'
import type { Application } from '../application.ts'
import { createSoundAnalyzer, type SoundAnalyzer } from '../evaluation/analyze-sound.ts'
import { readSound, type Sound } from '../evaluation/read-sound.ts'
import { renderReportPage } from '../report/page.ts'
import type { ReportFigure, ReportRegion, ReportSound } from '../report/report-data.ts'
import type { DemoSounds } from './demo-sounds.ts'
import { createVoiceJudge, type VoiceJudge } from './demo-voice-judge.ts'
import { request } from './request.ts'

/** A conversion of the demo: the region that asked, and what the job measured. */
export interface DemoConversion {
  readonly region: Region
  readonly report: ConversionReport
}

export interface DemoReportInput {
  readonly folder: string
  readonly sounds: DemoSounds
  readonly singer: { readonly id: SingerId; readonly name: string }
  readonly projectId: ProjectId
  readonly conversions: readonly DemoConversion[]
  readonly exported: readonly ExportedFile[]
  readonly projectPath: string
  /** From the start to the first conversion, by a singer that came with the program; null where none did. */
  readonly firstSec: number | null
  readonly trainingSec: number
  readonly totalSec: number
}

export interface DemoReportFiles {
  readonly htmlPath: string
  readonly jsonPath: string
  readonly summary: string
}

/** The bars of the product's promise (README, “what is promised”). */
const GREATEST_MEDIAN_CENTS = 20
const GREATEST_VOICING_DISAGREEMENT = 0.05
/** Sound on the page is kept small: speech and song lose nothing that a report needs. */
const PAGE_RATE_HZ = 24_000

/** Measures the demo's conversions on the files themselves and writes `report.json` and `report.html`. */
export async function writeDemoReport(application: Application, input: DemoReportInput): Promise<DemoReportFiles> {
  const analyzer = await createSoundAnalyzer()
  const judge = createVoiceJudge(input.sounds)
  const measured = []
  for (const conversion of input.conversions)
    measured.push(await measureConversion(application, conversion, input, { analyzer, judge }))
  const training = await request(application, 'singer:trainingCurve', { singerId: input.singer.id })
  const htmlPath = join(input.folder, 'report.html')
  const jsonPath = join(input.folder, 'report.json')
  const facts = describeRun(input)
  const summary = summarize(input, measured)
  const page = {
    title: 'Understudy demo',
    summary,
    facts,
    regions: measured.map(({ region }) => region),
    training,
    files: describeFiles(input),
  }
  await writeFile(htmlPath, renderReportPage(page))
  await writeFile(
    jsonPath,
    `${JSON.stringify({ summary, facts, regions: measured.map(({ json }) => json), training, files: page.files }, null, 2)}\n`,
  )
  return { htmlPath, jsonPath, summary }
}

interface Tools {
  readonly analyzer: SoundAnalyzer
  readonly judge: VoiceJudge
}

async function measureConversion(
  application: Application,
  { region, report }: DemoConversion,
  { sounds, projectId, singer }: DemoReportInput,
  { analyzer, judge }: Tools,
) {
  const media = await application.media(renderMediaId(projectId, report.renderKey))
  if (!media.ok) throw new FailureError(media.failure)
  const converted = await readSound(media.value)
  const stem = sounds.song.stems[0].recording
  const from = region.sourceStartSamples
  const source: Sound = { samples: stem.samples.slice(from, from + region.durationSamples), rateHz: converted.rateHz }
  const truth = truePitch(stem.f0Hz, from / converted.rateHz)
  const convertedF0 = analyzer.pitch(converted)
  const sourceF0 = analyzer.pitch(source)
  const againstSource = comparePitch(convertedF0, sourceF0, report.semitones)
  const againstTruth = comparePitch(convertedF0, truth.subarray(0, convertedF0.length), report.semitones)
  const figures = {
    sampleCount: converted.samples.length,
    sampleCountWanted: region.durationSamples,
    semitones: report.semitones,
    medianPitchErrorCents: againstSource.medianCents,
    medianErrorAgainstWrittenPitchCents: againstTruth.medianCents,
    strayShare: againstSource.strayShare,
    voicingDisagreement: againstSource.voicingDisagreement,
    loudnessErrorDb: loudnessErrorDb(converted.samples, source.samples, source.rateHz),
    judgeHearsBefore: judge.name(source),
    judgeHearsAfter: judge.name(converted),
    renderSec: report.renderSec,
    realTimeFactor: report.renderSec / (region.durationSamples / converted.rateHz),
  }
  const emotion = region.performance?.emotion
  const withEmotion =
    emotion === undefined || emotion.emotionId === 'neutral'
      ? ''
      : `, ${emotion.emotionId} ${Math.round(100 * emotion.intensity)} %`
  const page: ReportRegion = {
    title: `${region.name}: ${singer.name}${withEmotion}`,
    subtitle: `The lead vocal sung by ${singer.name}${withEmotion}, moved by ${report.semitones} semitones.`,
    source: pageSound('Lead vocal (source)', source, sourceF0, analyzer),
    converted: pageSound(`${singer.name} (converted)`, converted, convertedF0, analyzer),
    semitones: report.semitones,
    figures: figureRows(figures, singer.name),
  }
  return { region: page, json: { name: region.name, emotion: emotion ?? null, ...figures, jobReport: report }, figures }
}

type Figures = Awaited<ReturnType<typeof measureConversion>>['figures']

/** The pitch that the synthesizer was told to sing, from a place of the stem on. */
function truePitch(f0Hz: Float32Array, fromSec: number): Float64Array {
  const first = fromSec / SYNTHESIS_FRAME_SEC
  return Float64Array.from(
    { length: Math.max(0, f0Hz.length - Math.ceil(first)) },
    (_, frame) => f0Hz[Math.round(first + frame)],
  )
}

function pageSound(label: string, sound: Sound, f0Hz: Float32Array, analyzer: SoundAnalyzer): ReportSound {
  return { label, samples: analyzer.resample(sound, PAGE_RATE_HZ), rateHz: PAGE_RATE_HZ, f0Hz }
}

function figureRows(figures: Figures, singerName: string): ReportFigure[] {
  const cents = (value: number | null) => (value === null ? 'no pitch' : `${value.toFixed(1)} cents`)
  return [
    {
      name: 'Samples',
      value: `${figures.sampleCount}`,
      bar: `exactly ${figures.sampleCountWanted}`,
      isMet: figures.sampleCount === figures.sampleCountWanted,
    },
    {
      name: 'Pitch against the source, median',
      value: cents(figures.medianPitchErrorCents),
      bar: `under ${GREATEST_MEDIAN_CENTS} cents`,
      isMet: (figures.medianPitchErrorCents ?? 0) < GREATEST_MEDIAN_CENTS,
    },
    {
      name: 'Pitch against the notes as written into the voice, median',
      value: cents(figures.medianErrorAgainstWrittenPitchCents),
      bar: '',
      isMet: null,
    },
    {
      name: 'Frames voiced in one and not in the other',
      value: `${(100 * figures.voicingDisagreement).toFixed(1)} %`,
      bar: `under ${100 * GREATEST_VOICING_DISAGREEMENT} %`,
      isMet: figures.voicingDisagreement < GREATEST_VOICING_DISAGREEMENT,
    },
    {
      name: 'Loudness over time, median difference',
      value: figures.loudnessErrorDb === null ? '–' : `${figures.loudnessErrorDb.toFixed(2)} dB`,
      bar: '',
      isMet: null,
    },
    {
      name: 'Whom an independent judge hears',
      value: `${figures.judgeHearsBefore} before, ${figures.judgeHearsAfter} after`,
      bar: `${singerName} after`,
      isMet: figures.judgeHearsAfter === singerName,
    },
    {
      name: 'Work per second of sound',
      value: `${figures.realTimeFactor.toFixed(2)} s`,
      bar: '',
      isMet: null,
    },
  ]
}

function describeRun({ sounds, singer, firstSec, trainingSec, totalSec }: DemoReportInput): ReportFigure[] {
  const fact = (name: string, value: string): ReportFigure => ({ name, value, bar: '', isMet: null })
  const clipSec =
    sounds.singers[0].clips.reduce((sum, clip) => sum + clip.length, 0) / sounds.song.stems[0].recording.samples.length
  const stemSec = sounds.song.stems[0].recording.f0Hz.length * SYNTHESIS_FRAME_SEC
  return [
    fact('Voices', 'synthetic, made by this program just now; the singer never sang the song’s tune'),
    fact('Song', `${sounds.song.stems.length} stems of ${stemSec.toFixed(1)} s`),
    fact(
      'Singer',
      `${singer.name}, learned from ${sounds.singers[0].clips.length} clips (${(clipSec * stemSec).toFixed(0)} s)`,
    ),
    ...(firstSec === null
      ? []
      : [fact('First conversion', `${firstSec.toFixed(1)} s after the start, by a shipped singer: no training`)]),
    fact('Training', `${trainingSec.toFixed(0)} s on this machine, analysis of the clips included`),
    fact('Everything up to this page', `${totalSec.toFixed(0)} s`),
  ]
}

function summarize(input: DemoReportInput, measured: readonly { readonly figures: Figures }[]): string {
  const cents = median(measured.map(({ figures }) => figures.medianPitchErrorCents).filter((value) => value !== null))
  const isWhole = measured.every(({ figures }) => figures.sampleCount === figures.sampleCountWanted)
  const heard = measured.filter(({ figures }) => figures.judgeHearsAfter === input.singer.name).length
  return (
    `${input.singer.name} was learned in ${input.trainingSec.toFixed(0)} s and sings ${measured.length} parts of the song: ` +
    `pitch within ${cents?.toFixed(1) ?? '–'} cents of the source (median), ${isWhole ? 'not one sample more or less' : 'but the sample counts differ'}, ` +
    `heard as ${input.singer.name} by an independent judge in ${heard} of ${measured.length}.`
  )
}

function describeFiles({ folder, exported, projectPath }: DemoReportInput) {
  const beside = (path: string) => relative(folder, path).replaceAll('\\', '/')
  return [
    ...exported.map((file) => ({ name: beside(file.path), what: 'the export: drops back into a session at bar 1' })),
    { name: beside(projectPath), what: `${basename(projectPath)}: open it with Understudy` },
    { name: 'report.json', what: 'the figures of this page for programs' },
  ]
}
