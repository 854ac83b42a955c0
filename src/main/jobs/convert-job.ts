import { existsSync, statSync } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { PerformerId, RenderKey } from '../../shared/base/id.ts'
import type { ComputeResult } from '../../shared/contract/compute.ts'
import type { ConversionReport, JobOutcome } from '../../shared/contract/jobs.ts'
import type { Performer } from '../../shared/contract/library.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { traitsOf } from '../../shared/project/converters.ts'
import type { Render } from '../../shared/project/model.ts'
import { renderKey } from '../../shared/project/render-key.ts'
import { joinDigests, singersHeard } from '../../shared/project/singers-heard.ts'
import { makePeaks, peaksPath, renderPath, sourcePath } from '../files/media-folder.ts'
import { writeWhole } from '../files/write-whole.ts'
import type { OpenedProject } from '../projects/open-projects.ts'
import { computeStep } from './compute-step.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import { ownEmotionModel } from './emotion-files.ts'
import { emotionDigest, ENGINE_VERSION } from '../compute/engine-version.ts'
import type { JobContext } from './job-context.ts'
import { knownPlace } from './known-place.ts'
import { keepRender, keptRender } from './kept-renders.ts'
import { findPerformer, requirePerformer, type FoundPerformer } from './performers.ts'
import { vocoderOf } from './vocoder-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

type ConvertRequest = Request<'project:convert'>

/** A conversion and what it is called; `cached` when the same sound exists already. */
export interface Conversion {
  readonly work: Work
  readonly cached: RunEnd | null
}

/** Prepares a conversion: the render key decides whether there is anything to do, and with whom a run is shared. */
export async function prepareConversion(request: ConvertRequest, context: JobContext): Promise<Conversion> {
  const { projects } = context
  const project = projects.get(request.projectId)
  const performers = await performersOf(request, context)
  const cards = performers.map(({ card }) => card)
  if (!existsSync(sourcePath(project.mediaFolder, request.sourceId))) throw sourceGone(request.regionName)
  const emotion = await ownEmotionModel(request.performance, context.paths)
  const vocoder = traitsOf(cards[0]).changesEnvelopes ? await vocoderOf(request.performance, context.paths) : null
  const key = renderKey({
    sourceId: request.sourceId,
    rateHz: project.rateHz,
    sourceStartSamples: request.sourceStartSamples,
    durationSamples: request.durationSamples,
    performance: request.performance,
    singerDigest: joinDigests(cards),
    emotionDigest: emotion?.digest ?? emotionDigest(context.paths),
    engineVersion: ENGINE_VERSION,
    vocoderDigest: vocoder?.digest,
  })
  const report = await cachedReport(key, project, context)
  const isPreview = request.isPreview === true
  return {
    cached: report && { kind: 'done', outcome: outcomeOf(request, cards, report, true) },
    work: {
      kind: isPreview ? 'audition' : 'convert',
      title: `${isPreview ? 'Trying' : 'Converting'} ${request.regionName || 'a region'} for ${cards.map(({ name }) => name).join(' + ')}`,
      subject: { kind: 'region', projectId: request.projectId, regionId: request.regionId },
      lane: 'interactive',
      priority: request.priority ?? 'selected',
      shareKey: `${request.projectId}/${key}`,
      replaceKey: isPreview ? null : `${request.projectId}/${request.regionId}`,
      run: (control) =>
        convert(
          request,
          { performers, emotionFolder: emotion?.folder ?? null, vocoderPath: vocoder?.path ?? null },
          key,
          control,
          context,
        ),
    },
  }
}

/** What a conversion takes from the library. */
interface Models {
  readonly performers: readonly FoundPerformer[]
  readonly emotionFolder: string | null
  readonly vocoderPath: string | null
}

async function convert(
  request: ConvertRequest,
  { performers, emotionFolder, vocoderPath }: Models,
  key: RenderKey,
  control: RunControl,
  context: JobContext,
): Promise<RunEnd> {
  const { mediaFolder, rateHz } = context.projects.get(request.projectId)
  await requireDisk(mediaFolder, bytesToConvert(request.durationSamples, rateHz, performers.length))
  const outPath = renderPath(mediaFolder, key)
  const [singerPath, ...blendedSingerPaths] = performers.map(({ path }) => path)
  const cards = performers.map(({ card }) => card)
  const step = await computeStep(
    context.pool,
    'interactive',
    {
      kind: 'convert',
      request: {
        sourcePath: sourcePath(mediaFolder, request.sourceId),
        known: knownPlace(request.sourceId, context.paths),
        sourceStartSamples: request.sourceStartSamples,
        durationSamples: request.durationSamples,
        singerPath,
        blendedSingerPaths,
        performance: request.performance,
        ...(emotionFolder === null ? {} : { emotionFolder }),
        ...(vocoderPath === null ? {} : { vocoderPath }),
        outPath,
        renderKey: key,
      },
    },
    control,
    { standing: { priority: request.priority ?? 'selected', group: request.projectId } },
  )
  if (step.kind === 'paused') return step
  await makePeaks(outPath, peaksPath(mediaFolder, key))
  const project = await context.projects.follow(request.projectId, mediaFolder)
  const path = renderPath(project.mediaFolder, key)
  const report = reportOf(key, request, step.result)
  if (project.path === null) keepRender(key, path, context.paths)
  const nowMs = Date.now()
  await context.library.renders.save({
    key,
    projectId: request.projectId,
    path,
    bytes: (await stat(path)).size,
    render: renderOf(request, cards, report),
    report,
    createdAtMs: nowMs,
    usedAtMs: nowMs,
  })
  return { kind: 'done', outcome: outcomeOf(request, cards, report, false) }
}

/** The report of a render that exists: in this project, or in another or a kept one from where its sound is copied. */
async function cachedReport(
  key: RenderKey,
  { projectId, mediaFolder }: OpenedProject,
  { library, paths }: JobContext,
): Promise<ConversionReport | null> {
  const stored = await library.renders.find(key, projectId)
  if (stored === null) return null
  const path = renderPath(mediaFolder, key)
  const isWhole = (place: string | null): place is string =>
    place !== null && statSync(place, { throwIfNoEntry: false })?.size === stored.bytes
  if (!isWhole(path)) {
    // One that was cut off must not pass for a render.
    const from = [stored.path, keptRender(key, paths)].find(isWhole)
    if (from === undefined) return null
    await writeWhole(path, (passing) => copyFile(from, passing))
  }
  if (!existsSync(peaksPath(mediaFolder, key))) await makePeaks(path, peaksPath(mediaFolder, key))
  const nowMs = Date.now()
  await library.renders.save({ ...stored, projectId, path, usedAtMs: nowMs })
  return stored.report
}

const reportOf = (
  renderKey: RenderKey,
  { durationSamples, performance }: ConvertRequest,
  result: Extract<ComputeResult, { kind: 'convert' }>,
): ConversionReport => ({
  renderKey,
  durationSamples,
  semitones: result.semitones,
  medianPitchErrorCents: result.medianPitchErrorCents,
  voicingDisagreement: result.voicingDisagreement,
  levelChangeDb: result.levelChangeDb,
  timingOffsetSamples: result.timingOffsetSamples,
  clippedSampleCount: result.clippedSampleCount,
  timbre: {
    ...result.timbre,
    singers: result.timbre.singers.map((distance, index) => ({
      ...distance,
      singerId: singersHeard(performance)[index],
    })),
  },
  ...(result.course && { course: result.course }),
  ...(result.agreement && { agreement: result.agreement }),
  renderSec: result.renderSec,
})

const outcomeOf = (
  request: ConvertRequest,
  cards: readonly Performer[],
  report: ConversionReport,
  wasCached: boolean,
): JobOutcome => ({
  kind: 'convert',
  wasCached,
  report,
  render: renderOf(request, cards, report),
})

const renderOf = (request: ConvertRequest, cards: readonly Performer[], report: ConversionReport): Render => ({
  key: report.renderKey,
  sourceStartSamples: request.sourceStartSamples,
  durationSamples: request.durationSamples,
  performance: request.performance,
  singerDigest: joinDigests(cards),
  semitones: report.semitones,
})

/** In the order of `singersHeard`. */
async function performersOf(
  { performance, regionName }: ConvertRequest,
  context: JobContext,
): Promise<readonly FoundPerformer[]> {
  const [first, ...ids] = singersHeard(performance)
  const performer = await requirePerformer(first, context)
  const others = await Promise.all(ids.map((id) => findPerformer(id, context)))
  const found = others.flatMap((other, index) => other ?? unknownInBlend(ids[index], regionName))
  const foreign = found.find(({ card }) => !traitsOf(card).changesEnvelopes)?.card
  if (foreign === undefined || !traitsOf(performer.card).changesEnvelopes) return [performer, ...found]
  throw new FailureError(
    failure(
      'request-invalid',
      `“${foreign.name}”, who is blended into “${regionName}”, sings through a ${traitsOf(foreign).label}, and such singers can't be mixed in.`,
      'Take the singer out of the blend, or let them sing alone.',
    ),
  )
}

function unknownInBlend(singerId: PerformerId, regionName: string): never {
  throw new FailureError(
    failure(
      'singer-unknown',
      `The singer ${singerId}, who is blended into “${regionName}”, is not in the library.`,
      'Import the singer’s file, or take the singer out of the blend.',
    ),
  )
}

const sourceGone = (regionName: string) =>
  new FailureError(
    failure('file-missing', `The audio of “${regionName}” is no longer in the project's media.`, 'Import it again.'),
  )
